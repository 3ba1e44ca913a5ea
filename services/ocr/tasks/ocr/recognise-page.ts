import type { EngineContext, OcrEngine } from '@pdf-smaller/engines'
import { readPage } from '../../recognition/read-page.ts'
import type { Resolution } from '../../recognition/resolution.ts'
import type { FailedPage, FinishedPage } from './finished-page.ts'
import { hocrPage } from './hocr.ts'
import type { Options } from './options.ts'

/** Reads one page; one that cannot be read is told of and no more. */
export async function recognisePage(
  file: string,
  page: number,
  how: Resolution & { engine: OcrEngine },
  options: Options,
  context: EngineContext,
): Promise<FinishedPage | FailedPage> {
  const { languages, rotate, rotateConfidence, hocr: withHocr } = options
  const reading = await readPage(file, page, context, {
    ...how,
    languages,
    turnConfidence: rotate ? rotateConfidence : undefined,
    deskew: options.deskew,
    clean: options.clean !== 'off',
  })
  if (reading.kind === 'failed') return reading
  const { turn, skew, confidence, unread, text, lines, hocr } = reading
  return {
    kind: 'read',
    page,
    turn,
    skew,
    unread,
    text,
    lines,
    ...(confidence === undefined ? {} : { confidence }),
    ...(withHocr ? { hocr: hocrPage(hocr, page) } : {}),
  }
}
