import { rm } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import {
  type EngineContext,
  hocrOf,
  type OcrEngine,
  type PlacedPage,
  placedWords,
  type ReadPage,
  recognise,
  renderPages,
  scaledPage,
  textOfPage,
} from '@pdf-smaller/engines'
import { changePicture } from './change-picture.ts'
import { cleanedPicture } from './clean/clean-picture.ts'
import { fitToLetters } from './fit-to-letters.ts'
import { measured } from './measured.ts'
import { readAgain } from './read-again.ts'
import { skewOfPicture, straightened } from './straighten.ts'
import { type Turn, turnOf } from './upright.ts'

/** A page that was read, its words placed in points and the page turned upright; or why it could not be read. */
export type PageReading =
  | {
      kind: 'read'
      placed: PlacedPage
      text: string
      confidence: number | undefined
      turn: Turn
      /** How far the page, upright, was turned clockwise for its lines to lie straight, degrees. */
      skew: number
      /** The lines, in points, too. */
      lines: ReadPage
      hocr: string
      /** The share of its print that is in no word, from 0 to 1. */
      unread: number
    }
  | { kind: 'failed'; page: number; why: string }

export type ReadOptions = {
  engine: OcrEngine
  languages: readonly string[]
  /** Pixels per inch that the page is drawn at. */
  dpi: number
  /** The page is read at fewer pixels per inch where its letters allow it, but at no fewer than these; 200 as a rule. */
  leastDpi?: number | undefined
  /** How sure it must be that a page stands otherwise before it is turned; without it no page is. */
  turnConfidence?: number | undefined
  /** Whether a page whose lines lie askew is read straightened. */
  deskew?: boolean
  /** Whether a page is read without specks, dark borders and shadows. */
  clean?: boolean
}

/** Fewer pixels per inch are never enough. */
const usualLeastDpi = 200
/** Time to draw a page, and to read one. */
const [drawingMs, readingMs] = [30_000, 120_000]
/** What a page is tried with that the engine could not read at the usual settings. */
const retryDpi = 150

/**
 * Draws a page and reads it. One that the engine fails at is tried once more, coarser and as a single block of text;
 * when that fails, too, only this page is lost.
 * @throws JobFailure engine_missing
 */
export async function readPage(
  file: string,
  page: number,
  context: EngineContext,
  options: ReadOptions,
): Promise<PageReading> {
  try {
    return await attempt(file, page, context, options, 'automatic')
  } catch (error) {
    if (!isOfThePage(error)) throw error
  }
  const dpi = Math.min(retryDpi, options.dpi)
  try {
    return await attempt(file, page, context, { ...options, dpi }, 'single-block')
  } catch (error) {
    if (!isOfThePage(error)) throw error
    return { kind: 'failed', page, why: error.message }
  }
}

const isOfThePage = (error: unknown): error is JobFailure =>
  error instanceof JobFailure && ['engine_failed', 'engine_timeout', 'out_of_memory'].includes(error.code)

async function attempt(
  file: string,
  page: number,
  context: EngineContext,
  options: ReadOptions,
  segmentation: 'automatic' | 'single-block',
): Promise<PageReading> {
  const {
    engine,
    languages,
    dpi,
    leastDpi = usualLeastDpi,
    turnConfidence,
    deskew = false,
    clean = false,
  } = options
  const turn = turnConfidence === undefined ? 0 : await turnOf(file, page, turnConfidence, context)
  const [picture] = await renderPages(file, path.join(context.cwd, `read-${page}`), context, {
    first: page,
    last: page,
    scale: { dpi },
    // A black and white scan drawn in black and white was read with twice as many mistakes.
    colours: 'grayscale',
    as: { format: 'tiff' },
    timeoutMs: drawingMs,
  })
  let image = picture?.file ?? ''
  try {
    if (turn !== 0) image = await changePicture(image, context, (picture) => picture.rotate(turn))
    if (clean) image = await changePicture(image, context, (picture) => cleanedPicture(picture, dpi))
    const skew = deskew ? await skewOfPicture(image, dpi, context) : 0
    if (skew !== 0) image = await changePicture(image, context, (picture) => straightened(picture, skew))
    const shapes = await measured({ file: image, dpi }, context)
    const fitted = await fitToLetters({ file: image, dpi }, shapes, leastDpi, context)
    image = fitted.file
    const how = { languages, dpi: fitted.dpi, timeoutMs: readingMs }
    const first = await recognise(engine, image, context, { ...how, segmentation })
    const again = (file: string) => recognise(engine, file, context, { ...how, segmentation: 'single-block' })
    const { lines, isJoined, unread } = await readAgain(
      fitted,
      shapes,
      scaledPage(first.page, 72 / fitted.dpi),
      async (file) => (await again(file)).page,
      context,
    )
    const placed = placedWords(lines, page)
    const { text, hocr } = isJoined ? { text: textOfPage(placed), hocr: hocrOf(lines) } : first
    return { kind: 'read', placed, lines, text, hocr, confidence: confidenceOf(placed), unread, turn, skew }
  } finally {
    await rm(image, { force: true })
  }
}

/** Of all words, the longer ones counting for more; undefined where there are none. */
function confidenceOf({ blocks }: PlacedPage): number | undefined {
  const words = blocks.flat(2)
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  if (letters === 0) return undefined
  const sum = words.reduce((total, { text, confidence }) => total + text.length * confidence, 0)
  return Math.round((sum / letters) * 10) / 10
}
