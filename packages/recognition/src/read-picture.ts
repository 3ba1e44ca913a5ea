import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, type OcrEngine, type RecogniseOptions } from '@pdf-smaller/engines'
import { recognise } from './recognise.ts'
import {
  hocrOf,
  type PlacedPage,
  placedWords,
  type ReadPage,
  scaledPage,
  textOfPage,
} from '@pdf-smaller/text'
import type { Measured, ScaledPicture } from './measured.ts'
import { readAgain } from './read-again.ts'

/** What was read on the picture of a page, its words placed in points. */
export type PictureReading = {
  placed: PlacedPage
  text: string
  confidence: number | undefined
  /** The lines, in points, too. */
  lines: ReadPage
  hocr: string
  /** The share of its print that is in no word, from 0 to 1. */
  unread: number
}

type How = Pick<RecogniseOptions, 'languages' | 'segmentation'> & { engine: OcrEngine; page: number }

const timeoutMs = 120_000

/** Whether a failure tells of a page, and not of the engine or the job. */
export const isOfThePage = (error: unknown): error is JobFailure =>
  error instanceof JobFailure && ['engine_failed', 'engine_timeout', 'out_of_memory'].includes(error.code)

/**
 * Reads a picture, and what of its print was not read surely once more.
 * @param print what was measured on the picture
 * @throws JobFailure engine_missing, engine_failed, engine_timeout, out_of_memory
 */
export async function readPicture(
  picture: ScaledPicture,
  print: Measured,
  { engine, languages, segmentation, page }: How,
  context: EngineContext,
): Promise<PictureReading> {
  const options = { languages, dpi: picture.dpi, timeoutMs }
  const first = await recognise(engine, picture.file, context, { ...options, segmentation })
  const again = (file: string) =>
    recognise(engine, file, context, { ...options, segmentation: 'single-block' }).then(
      (read) => read.page,
      (error: unknown) => {
        // What was read first is worth more than a second reading.
        if (isOfThePage(error)) return undefined
        throw error
      },
    )
  const inPoints = scaledPage(first.page, 72 / picture.dpi)
  const { lines, isJoined, unread } = await readAgain(picture, print, inPoints, again, context)
  const placed = placedWords(lines, page)
  const { text, hocr } = isJoined ? { text: textOfPage(placed), hocr: hocrOf(lines) } : first
  return { placed, lines, text, hocr, confidence: confidenceOf(placed), unread }
}

/** Of all words, the longer ones counting for more; undefined where there are none. */
function confidenceOf({ blocks }: PlacedPage): number | undefined {
  const words = blocks.flat(2)
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  if (letters === 0) return undefined
  const sum = words.reduce((total, { text, confidence }) => total + text.length * confidence, 0)
  return Math.round((sum / letters) * 10) / 10
}
