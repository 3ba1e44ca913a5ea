import { readFile } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { readHocr } from '@pdf-smaller/text'
import type { Recognised, RecogniseOptions } from './recognition.ts'
import { withReader } from './wasm-readers.ts'
import { PSM } from 'tesseract.js'

/** The languages whose data comes along as packages. */
export const bundledLanguages: readonly string[] = ['deu', 'eng']

/** Reads the text of an image with Tesseract as WebAssembly, in a thread of this process. */
export function recogniseInWasm(
  image: string,
  context: EngineContext,
  { languages, dpi, segmentation, timeoutMs }: RecogniseOptions,
): Promise<Recognised> {
  return context.core(async () => {
    const picture = await readFile(image)
    const read = await withReader(languages, context, timeoutMs, async (reader) => {
      await reader.setParameters({
        // Its own usual mode takes a page for a single block and mixes up columns.
        tessedit_pageseg_mode: segmentation === 'automatic' ? PSM.AUTO : PSM.SINGLE_BLOCK,
        user_defined_dpi: String(Math.round(dpi)),
      })
      const { data } = await reader.recognize(picture, {}, { text: true, hocr: true })
      return data
    })
    const hocr = read.hocr ?? ''
    const page = readHocr(hocr)
    if (!page) throw new JobFailure('engine_failed', 'tesseract.js told of no page')
    return { page, text: read.text, hocr }
  })
}
