import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { drawPages } from '@pdf-smaller/engines'
import type { SplitContext } from './options.ts'

/** Pixels of the longer side: enough to see a line of text. */
const longestSide = 200
const pagesAtOnce = 50
/** Paper is at least so bright, and what is so much darker than the paper stands on it. */
const [brightPaper, visible] = [180, 40]

/** The blank pages of a document, from 1. */
export async function blankPages(
  file: string,
  pages: number,
  { engine, workspace, progress }: Pick<SplitContext, 'engine' | 'workspace' | 'progress'>,
): Promise<Set<number>> {
  const blank = new Set<number>()
  let done = 0
  const firsts = Array.from({ length: Math.ceil(pages / pagesAtOnce) }, (_, index) => index * pagesAtOnce + 1)
  await Promise.all(
    firsts.map(async (first) => {
      const last = Math.min(pages, first + pagesAtOnce - 1)
      const prefix = path.join(workspace, `blank-${first}`)
      for (const drawn of await drawPages(file, prefix, engine, { first, last, longestSide })) {
        if (isBlank(await readFile(drawn.file))) blank.add(drawn.page)
        await rm(drawn.file)
        progress('inspection', ++done, pages, 'looking for blank pages')
      }
    }),
  )
  return blank
}

/** Whether a drawing in the format PPM shows nothing but paper, also where that is not quite white. */
function isBlank(ppm: Buffer): boolean {
  const samples = ppm.subarray(ppm.indexOf('\n255\n') + 5)
  const counts = new Uint32Array(256)
  for (const sample of samples) counts[sample] = (counts[sample] ?? 0) + 1
  const paper = median(counts, samples.length)
  return paper >= brightPaper && counts.subarray(0, paper - visible).every((count) => count === 0)
}

function median(counts: Uint32Array, total: number): number {
  let below = 0
  for (const [value, count] of counts.entries()) {
    below += count
    if (below * 2 >= total) return value
  }
  return 0
}
