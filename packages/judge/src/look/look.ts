import { aheadInOrder, type EngineContext } from '@pdf-smaller/engines'
import { openPdfium } from '@pdf-smaller/pdfium'
import { compared, type Comparison, lookDamage } from './compare.ts'
import type { LookLimits } from './limits.ts'
import type { DamageCode, PageDamage } from '../damage.ts'
import type { Look } from './looks.ts'
import { type Drawable, type DrawnPair, drawnPair } from './pairs.ts'
import type { Shown } from './shown.ts'

/** A result must fit into an event. */
const mostPagesTold = 24
/** Pages that are drawn while one is compared. */
const pagesAhead = 2

/**
 * The first damage found, and what is wrong with each page that is damaged where it is one of pages; or how alike they
 * look.
 */
export type LookVerdict = { damage?: string; code?: DamageCode; damages?: PageDamage[]; look?: Look }

/** Compares pages of a candidate with those of the original. @param shown what a page of it draws */
export type LookAt = (
  candidate: string,
  pages: readonly number[],
  limits: LookLimits,
  shown: Shown,
) => Promise<LookVerdict>

/**
 * Compares drawn pages of candidates with those of the original. What a page has once come to is remembered by what it draws: of
 * the next candidate only pages are drawn that draw something else.
 * @param inches how long the longer side of a page is
 */
export function openLook(original: string, inches: (page: number) => number, context: EngineContext): LookAt {
  const drawable = (path: string): Drawable => ({ path, pdfium: openPdfium(path, context) })
  const known = new Map<string, Comparison>()
  return async (candidate, pages, limits, shown) => {
    const [before, after] = [drawable(original), drawable(candidate)]
    const draw = async (page: number): Promise<Seen[]> => {
      const key = `${page} ${limits.colours} ${await shown(page)}`
      const drawn = known.get(key) ?? (await drawnPair(before, after, { before: page, after: page }, context))
      return [{ page, key, drawn }]
    }
    try {
      const found: Compared[] = []
      const damages: PageDamage[] = []
      for await (const { page, key, drawn } of aheadInOrder(pages, pagesAhead, draw)) {
        if ('damage' in drawn) damages.push({ page, code: 'undrawable', damage: drawn.damage })
        else {
          const each =
            'mean' in drawn ? drawn : compared(drawn.before, drawn.after, inches(page), limits.colours)
          known.set(key, each)
          const damage = lookDamage(page, each, limits)
          if (damage) damages.push(damage)
          else found.push({ page, ...each })
        }
      }
      const [first] = damages
      return first ? { damage: first.damage, code: first.code, damages } : { look: lookOf(found) }
    } finally {
      before.pdfium.close()
      after.pdfium.close()
    }
  }
}

/** A page, under what it is remembered, and its drawings or what they came to before. */
type Seen = { page: number; key: string; drawn: DrawnPair | Comparison }
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
