import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { drawPage, type EngineContext } from '@pdf-smaller/engines'
import type { Settings } from '../levels.ts'
import type { Look } from '../task.ts'
import type { Pixels } from '../pictures/pixels.ts'
import { readPnm } from '../pictures/pnm.ts'
import { similarity } from './similarity.ts'

/** Documents of so many pages are compared whole; of longer ones a sample of so many, spread evenly, first and last included. */
const mostPages = 20
const longestSide = 1000
/** A shift of a page's average colour by more than so many of 255 levels is no longer a matter of compression. */
const mostColourShift = 6

/** The pages that are compared. */
export function sampleOf(pages: number): number[] {
  if (pages <= mostPages) return Array.from({ length: pages }, (_, index) => index + 1)
  return Array.from(
    { length: mostPages },
    (_, index) => 1 + Math.round((index * (pages - 1)) / (mostPages - 1)),
  )
}

export type LookVerdict = { damage?: string; look?: Look }

/** Compares the drawn pages of a candidate with those of the original, which are drawn once and kept as files. */
export function openLook(original: string, pages: number, settings: Settings, context: EngineContext) {
  const sample = sampleOf(pages)
  const drawn = new Map<number, Promise<Pixels>>()
  const draw = async (file: string, page: number, name: string): Promise<Pixels> => {
    const prefix = path.join(context.cwd, `${name}-${page}`)
    await drawPage(file, prefix, context, { page, longestSide })
    const picture = readPnm(await readFile(`${prefix}.ppm`))
    await rm(`${prefix}.ppm`)
    if ('bits' in picture) throw new Error('a page was drawn without colours')
    return picture
  }
  const originalPage = (page: number) => {
    const known = drawn.get(page) ?? draw(original, page, 'original')
    // A page is kept only while it is short work: 20 pages of 3 MB.
    drawn.set(page, known)
    return known
  }
  return async (candidate: string): Promise<LookVerdict> => {
    const found = await Promise.all(
      sample.map(async (page) => {
        const [before, after] = await Promise.all([originalPage(page), draw(candidate, page, 'candidate')])
        return { page, ...similarity(before, after) }
      }),
    )
    for (const { page, mean, worstTile, colourShift } of found) {
      if (mean < settings.leastSimilarity)
        return { damage: `page ${page} looks different (similarity ${mean.toFixed(3)})` }
      if (worstTile < settings.leastTile)
        return { damage: `a part of page ${page} looks different (${worstTile.toFixed(3)})` }
      if (colourShift > mostColourShift) return { damage: `the colours of page ${page} have shifted` }
    }
    const rounded = (value: number) => Math.round(value * 10_000) / 10_000
    return {
      look: {
        ssim: rounded(found.reduce((sum, { mean }) => sum + mean, 0) / found.length),
        worstTile: rounded(Math.min(...found.map(({ worstTile }) => worstTile))),
        pagesCompared: found.length,
      },
    }
  }
}
