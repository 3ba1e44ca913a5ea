import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import {
  type EngineContext,
  type PageFile,
  renderPages,
  renderTransparent,
  type Scale,
} from '@pdf-smaller/engines'
import { type EncodedImage, encode, openPicture } from './encode.ts'
import type { Options } from './options.ts'
import type { Batch } from './plan.ts'

/** An image of a page. */
export type PageImage = EncodedImage & { page: number }

/** Processor time for a batch: to begin with, and for each megapixel. Most take a hundredth of it, large drawings a third. */
const [startMs, msPerMegapixel] = [30_000, 15_000]

export const scaleOf = ({ dpi, longestSide }: Options): Scale =>
  longestSide === undefined ? { dpi } : { longestSide }

/**
 * Draws the pages of a batch and encodes them, in files of the attempt's folder.
 * @throws JobFailure engine_timeout
 */
export async function drawBatch(
  file: string,
  batch: Batch,
  options: Options,
  context: EngineContext,
): Promise<PageImage[]> {
  const { first, last, pixels } = batch
  const timeoutMs = startMs + (pixels / 1e6) * msPerMegapixel
  const prefix = path.join(context.cwd, `drawn-${first}`)
  const scale = scaleOf(options)
  const { colours, format, quality, transparent } = options
  if (transparent) {
    const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    const drawOne = (page: number) =>
      renderTransparent(file, `${prefix}-${page}`, context, { page, scale, timeoutMs })
    return Promise.all(pages.map(async (page) => asItIs(await drawOne(page))))
  }
  // The engine writes JPEG faster than it could be told of the pixels, but not in grey.
  const isDone = format === 'jpeg' && colours === 'keep'
  const as = isDone ? { format, quality } : ({ format: 'tiff' } as const)
  const pictures = await renderPages(file, prefix, context, { first, last, scale, colours, as, timeoutMs })
  return Promise.all(
    pictures.map((picture) => (isDone ? asItIs(picture) : encoded(picture, options, context))),
  )
}

async function asItIs({ page, file }: PageFile): Promise<PageImage> {
  const [{ width, height }, { size }] = await Promise.all([openPicture(file).metadata(), stat(file)])
  return { page, file, width, height, size }
}

async function encoded(
  { page, file }: PageFile,
  options: Options,
  context: EngineContext,
): Promise<PageImage> {
  const output = `${file}.${options.format}`
  const image = await context.core(() => encode(openPicture(file), output, options))
  await rm(file)
  return { page, ...image }
}
