import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { drawPages, type EngineContext } from '@pdf-smaller/engines'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { readPnm } from '@pdf-smaller/pictures/pnm'
import { compared, type Comparison, lookDamage } from './compare.ts'
import type { LookLimits } from './limits.ts'
import type { Look } from './looks.ts'
import { rangesOf } from './sample.ts'

const longestSide = 1000
/** A result must fit into an event. */
const mostPagesTold = 24

/** The first damage found in words, and the pages that are damaged where it is one of pages; or how alike they look. */
export type LookVerdict = { damage?: string; damagedPages?: number[]; look?: Look }

/**
 * Compares drawn pages of a candidate with those of the original, which are drawn once and kept as files.
 * @param inches how long the longer side of a page is
 */
export function openLook(original: string, inches: (page: number) => number, context: EngineContext) {
  const folder = path.join(context.cwd, 'pages')
  const drawn = new Map<number, string>()
  const draw = async (file: string, name: string, pages: readonly number[]) => {
    const files = new Map<number, string>()
    for (const range of rangesOf(pages)) {
      for (const { page, file: picture } of await drawPages(file, path.join(folder, name), context, {
        ...range,
        longestSide,
      }))
        files.set(page, picture)
    }
    return files
  }
  const drawOriginal = async (pages: readonly number[]) => {
    const missing = pages.filter((page) => !drawn.has(page))
    for (const [page, file] of await draw(original, 'original', missing)) drawn.set(page, file)
  }
  return async (candidate: string, pages: readonly number[], limits: LookLimits): Promise<LookVerdict> => {
    await mkdir(folder, { recursive: true })
    const [files] = await Promise.all([draw(candidate, 'candidate', pages), drawOriginal(pages)])
    const found = []
    for (const page of pages) {
      const [before, after] = [await picture(drawn.get(page)), await picture(files.get(page))]
      found.push({ page, ...compared(before, after, inches(page), limits.colours) })
    }
    for (const file of files.values()) await rm(file)
    const damages = found.flatMap(({ page, ...each }) => {
      const damage = lookDamage(page, each, limits)
      return damage === undefined ? [] : [{ page, damage }]
    })
    const [first] = damages
    if (!first) return { look: lookOf(found) }
    return { damage: first.damage, damagedPages: damages.map(({ page }) => page) }
  }
}

type Compared = Comparison & { page: number }

function lookOf(found: readonly Compared[]): Look {
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000
  return {
    ssim: rounded(found.reduce((sum, { mean }) => sum + mean, 0) / found.length),
    worstTile: rounded(Math.min(...found.map(({ worstTile }) => worstTile))),
    pagesCompared: found.length,
    pages: [...found]
      .sort((a, b) => a.mean - b.mean)
      .slice(0, mostPagesTold)
      .sort((a, b) => a.page - b.page)
      .map(({ page, mean, worstTile }) => ({ page, ssim: rounded(mean), worstTile: rounded(worstTile) })),
  }
}

/** A page that could not be drawn is taken for an empty picture, which is like no other. */
export async function picture(file: string | undefined): Promise<Pixels> {
  const pixels = file && readPnm(await readFile(file))
  return pixels && !('bits' in pixels)
    ? pixels
    : { width: 0, height: 0, channels: 3, samples: new Uint8Array() }
}
