import { readFile, rm } from 'node:fs/promises'
import type { EngineContext, OcrEngine } from '@pdf-smaller/engines'
import { readPage } from '../../recognition/read-page.ts'
import { altoPage } from './alto.ts'
import type { FailedPage, FinishedPage } from './finished-page.ts'
import { hocrPage } from './hocr.ts'
import type { Options } from './options.ts'

/** Reads one page, with the invisible text that it gets; a page that cannot be read is told of and no more. */
export async function recognisePage(
  file: string,
  page: number,
  { engine, dpi }: { engine: OcrEngine; dpi: number },
  options: Options,
  context: EngineContext,
): Promise<FinishedPage | FailedPage> {
  const { languages, dpi: asked, rotate, rotateConfidence, deskew, hocr: withHocr } = options
  const reading = await readPage(file, page, context, {
    engine,
    languages,
    dpi,
    leastDpi: asked,
    formats: withHocr ? ['pdf', 'hocr'] : ['pdf'],
    turnConfidence: rotate ? rotateConfidence : undefined,
    deskew,
  })
  if (reading.kind === 'failed') return reading
  const { turn, skew, confidence, text, placed, output } = reading
  const layer = await readFile(`${output}.pdf`, 'base64')
  const hocr = withHocr ? hocrPage(await readFile(`${output}.hocr`, 'utf8'), page) : undefined
  await Promise.all(['pdf', 'hocr'].map((format) => rm(`${output}.${format}`, { force: true })))
  return {
    kind: 'read',
    page,
    turn,
    skew,
    text,
    layer,
    ...(confidence === undefined ? {} : { confidence }),
    ...(hocr === undefined ? {} : { hocr }),
    ...(options.alto ? { alto: altoPage(placed, confidence) } : {}),
  }
}
