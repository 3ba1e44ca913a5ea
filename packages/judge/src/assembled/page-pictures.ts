import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { drawPages, type EngineContext } from '@pdf-smaller/engines'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { picture } from '../look/look.ts'
import { unlessUnreadable } from './unreadable.ts'

const longestSide = 1000

export type DrawPage = { file: string; page: number; timeoutMs: number; withoutAnnotations: boolean }

/** Draws a page; undefined where that fails or takes too long. */
export async function drawnPage(
  { file, page, timeoutMs, withoutAnnotations }: DrawPage,
  context: EngineContext,
): Promise<Pixels | undefined> {
  const folder = await mkdtemp(path.join(context.cwd, 'judged-'))
  try {
    const range = { first: page, last: page, longestSide, timeoutMs, withoutAnnotations }
    const drawn = await unlessUnreadable(() => drawPages(file, path.join(folder, 'page'), context, range))
    return drawn?.[0] && (await picture(drawn[0].file))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
