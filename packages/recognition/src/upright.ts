import { rm } from 'node:fs/promises'
import { type EngineContext, orientation, renderPages } from '@pdf-smaller/engines'

export type Turn = 0 | 90 | 180 | 270

/** Which way up letters stand shows at a coarse resolution, too. */
const dpi = 150
const timeoutMs = 30_000

/**
 * How far a page has to be turned clockwise for its text to stand upright; 0 when that is less sure than asked for.
 * @param least from 0; above 5 it is hardly wrong
 */
export async function turnOf(
  file: string,
  page: number,
  least: number,
  context: EngineContext,
): Promise<Turn> {
  const prefix = `${context.cwd}/upright-${page}`
  const options = {
    first: page,
    last: page,
    scale: { dpi },
    colours: 'grayscale',
    as: { format: 'tiff' },
  } as const
  const [picture] = await renderPages(file, prefix, context, { ...options, timeoutMs })
  if (!picture) return 0
  const found = await orientation(picture.file, context, { dpi, timeoutMs })
  await rm(picture.file)
  return found && found.confidence >= least ? found.turn : 0
}
