import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, renderPages } from '@pdf-smaller/engines'
import sharp from 'sharp'

/** Letters stay sharp, at half the size of the highest quality. */
const quality = 85
const timeoutMs = 60_000

/** A picture of a page; JPEG, width and height in pixels. */
export type Picture = { file: string; width: number; height: number }

/** Draws a page as it is seen, without its annotations. */
export async function drawPicture(
  file: string,
  page: number,
  dpi: number,
  context: EngineContext,
): Promise<Picture> {
  const [drawn] = await renderPages(file, path.join(context.cwd, `picture-${page}`), context, {
    first: page,
    last: page,
    scale: { dpi },
    colours: 'keep',
    as: { format: 'jpeg', quality },
    withoutAnnotations: true,
    timeoutMs,
  })
  if (!drawn) throw new JobFailure('engine_failed', `page ${page} could not be drawn`)
  const { width, height } = await sharp(drawn.file, { limitInputPixels: false }).metadata()
  return { file: drawn.file, width, height }
}
