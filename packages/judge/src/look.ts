import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { drawPages, type EngineContext } from '@pdf-smaller/engines'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { readPnm } from '@pdf-smaller/pictures/pnm'
import { vanishedPart } from './contrast.ts'
import type { LookLimits } from './limits.ts'
import type { Look } from './looks.ts'
import { rangesOf } from './sample.ts'
import { similarity } from './similarity.ts'

const longestSide = 1000
/** A shift of a page's average colour by more than so many of 255 levels is no longer a matter of compression. */
const mostColourShift = 6

/** The part of what is clearly to be seen that may vanish where shades become black and white. */
const mostVanished = 0.05

/** A result must fit into an event. */
const mostPagesTold = 24

export type LookVerdict = { damage?: string; look?: Look }

/** Compares drawn pages of a candidate with those of the original, which are drawn once and kept as files. */
export function openLook(original: string, context: EngineContext) {
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
      const vanished = limits.colours === 'black-white' ? vanishedPart(before, after) : 0
      found.push({ page, vanished, ...similarity(before, after) })
    }
    for (const file of files.values()) await rm(file)
    const damage = found.map((page) => damageOf(page, limits)).find((each) => each !== undefined)
    return damage ? { damage } : { look: lookOf(found) }
  }
}

type Compared = ReturnType<typeof similarity> & { page: number; vanished: number }

function damageOf(compared: Compared, limits: LookLimits): string | undefined {
  const { page, mean, worstTile, colourShift, vanished } = compared
  if (limits.colours === 'black-white')
    return vanished > mostVanished ? `something on page ${page} can no longer be seen` : undefined
  if (mean < limits.leastSimilarity) return `page ${page} looks different (similarity ${mean.toFixed(3)})`
  if (worstTile < limits.leastTile) return `a part of page ${page} looks different (${worstTile.toFixed(3)})`
  return colourShift > mostColourShift && limits.colours === 'keep'
    ? `the colours of page ${page} have shifted`
    : undefined
}

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
async function picture(file: string | undefined): Promise<Pixels> {
  const pixels = file && readPnm(await readFile(file))
  return pixels && !('bits' in pixels)
    ? pixels
    : { width: 0, height: 0, channels: 3, samples: new Uint8Array() }
}
