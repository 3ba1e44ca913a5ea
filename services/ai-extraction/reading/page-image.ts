import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { type EngineContext, renderPages } from '@pdf-smaller/engines'

/** More pixels along an edge models do not look at. */
const longestSide = 1568
const quality = 80
const timeoutMs = 30_000

/** A page as a JPEG in base64, to be shown to a model. @param page from 1 */
export async function pageImage(file: string, page: number, context: EngineContext): Promise<string> {
  const [picture] = await renderPages(file, path.join(context.cwd, `show-${page}`), context, {
    first: page,
    last: page,
    scale: { longestSide },
    colours: 'keep',
    as: { format: 'jpeg', quality },
    timeoutMs,
  })
  if (!picture) throw new Error(`page ${page} was not drawn`)
  try {
    return (await readFile(picture.file)).toString('base64')
  } finally {
    await rm(picture.file, { force: true })
  }
}
