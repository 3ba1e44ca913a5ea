import { rm } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, renderPages } from '@pdf-smaller/engines'
import sharp from 'sharp'
import { straightened } from '../../recognition/straighten.ts'

/** Letters stay sharp, at half the size of the highest quality. */
const quality = 85
const timeoutMs = 60_000

/** A picture of a page; JPEG, width and height in pixels. */
export type Picture = { file: string; width: number; height: number }

/**
 * Draws a page as it is seen, without its annotations.
 * @param skew how far it is turned clockwise for its lines to lie straight, degrees
 */
export async function drawPicture(
  file: string,
  page: number,
  { dpi, skew }: { dpi: number; skew: number },
  context: EngineContext,
): Promise<Picture> {
  const [drawn] = await renderPages(file, path.join(context.cwd, `picture-${page}`), context, {
    first: page,
    last: page,
    scale: { dpi },
    colours: 'keep',
    as: skew === 0 ? { format: 'jpeg', quality } : { format: 'tiff' },
    withoutAnnotations: true,
    timeoutMs,
  })
  if (!drawn) throw new JobFailure('engine_failed', `page ${page} could not be drawn`)
  if (skew !== 0) return context.core(() => straightPicture(drawn.file, skew))
  const { width, height } = await sharp(drawn.file, { limitInputPixels: false }).metadata()
  return { file: drawn.file, width, height }
}

async function straightPicture(drawn: string, skew: number): Promise<Picture> {
  const file = `${drawn}.jpg`
  const picture = await straightened(sharp(drawn, { limitInputPixels: false }), skew)
  const { width, height } = await picture.jpeg({ quality }).toFile(file)
  await rm(drawn)
  return { file, width, height }
}
