import { readFile, rm } from 'node:fs/promises'
import type { EngineContext, OcrEngine } from '@pdf-smaller/engines'
import { readPage } from '../../recognition/read-page.ts'
import type { Drawing } from '../../recognition/resolution.ts'
import type { FailedPage, FinishedPage } from './finished-page.ts'
import type { Options } from './options.ts'

/** Reads one page, with the invisible text that it gets; a page that cannot be read is told of and no more. */
export async function recognisePage(
  file: string,
  page: number,
  { engine, drawing }: { engine: OcrEngine; drawing: Drawing },
  { languages, rotate, rotateConfidence }: Options,
  context: EngineContext,
): Promise<FinishedPage | FailedPage> {
  const reading = await readPage(file, page, context, {
    engine,
    languages,
    drawing,
    formats: ['pdf'],
    turnConfidence: rotate ? rotateConfidence : undefined,
  })
  if (reading.kind === 'failed') return reading
  const { turn, confidence, text, output } = reading
  const layer = await readFile(`${output}.pdf`, 'base64')
  await rm(`${output}.pdf`)
  return { kind: 'read', page, turn, text, layer, ...(confidence === undefined ? {} : { confidence }) }
}
