import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type EngineContext, type OcrEngine, renderPages } from '@pdf-smaller/engines'
import { changePicture } from './change-picture.ts'
import { cleanedPicture } from './clean/clean-picture.ts'
import { fitToLetters } from './fit-to-letters.ts'
import { measured } from './measured.ts'
import { isOfThePage, type PictureReading, readPicture } from './read-picture.ts'
import type { Resolution } from './resolution.ts'
import { skewOfPicture, straightened } from './straighten.ts'
import { type Turn, turnOf } from './upright.ts'

/** A page that was read, turned upright; or why it could not be read. */
export type PageReading =
  | (PictureReading & {
      kind: 'read'
      turn: Turn
      /** How far the page, upright, was turned clockwise for its lines to lie straight, degrees. */
      skew: number
    })
  | { kind: 'failed'; page: number; why: string }

export type ReadOptions = Resolution & {
  engine: OcrEngine
  languages: readonly string[]
  /** How sure it must be that a page stands otherwise before it is turned; without it no page is. */
  turnConfidence?: number | undefined
  /** Whether a page whose lines lie askew is read straightened. */
  deskew?: boolean
  /** Whether a page is read without specks, dark borders and shadows. */
  clean?: boolean
}

/** Time to draw a page. */
const drawingMs = 30_000
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

async function attempt(
  file: string,
  page: number,
  context: EngineContext,
  options: ReadOptions,
  segmentation: 'automatic' | 'single-block',
): Promise<PageReading> {
  const { engine, languages, dpi, leastDpi, turnConfidence, deskew = false, clean = false } = options
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
    const print = await measured({ file: image, dpi }, context)
    const fitted = await fitToLetters({ file: image, dpi }, print, leastDpi, context)
    image = fitted.file
    const how = { engine, languages, segmentation, page }
    return { kind: 'read', ...(await readPicture(fitted, print, how, context)), turn, skew }
  } finally {
    await rm(image, { force: true })
  }
}
