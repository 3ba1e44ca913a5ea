import type { EngineContext, OcrEngine } from '@pdf-smaller/engines'
import { readPage, type Resolution, type TypedText } from '@pdf-smaller/recognition'
import type { FailedPage, FinishedPage } from './finished-page.ts'
import { hocrPage } from './hocr.ts'
import type { Options } from './options.ts'
import { withoutTyped } from './without-typed.ts'

/** How a page is read, and what of its text stands in the file and stays there, if any does. */
type HowToRead = Resolution & {
  engine: OcrEngine
  typed?: TypedText | undefined
  hasOldLayer: boolean
}

/** Reads one page; one that cannot be read is told of and no more. */
export async function recognisePage(
  file: string,
  page: number,
  { typed, hasOldLayer, ...how }: HowToRead,
  options: Options,
  context: EngineContext,
): Promise<FinishedPage | FailedPage> {
  const { languages, rotate, rotateConfidence, hocr: withHocr } = options
  const read = await readPage(file, page, context, {
    ...how,
    languages,
    turnConfidence: rotate ? rotateConfidence : undefined,
    deskew: options.deskew,
    clean: options.clean !== 'off',
  })
  if (read.kind === 'failed') return read
  // A picture that takes the place of a page leaves nothing of what was typed on it, and an old layer goes.
  const isReplaced = options.mode === 'force' || options.clean === 'final'
  const reading =
    typed && !isReplaced ? withoutTyped(read, typed, (word) => !hasOldLayer || typed.seen.has(word)) : read
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
