import { aheadInOrder, type EngineContext } from '@pdf-smaller/engines'
import { openPdfium } from '@pdf-smaller/pdfium'
import { compared, type Comparison, lookDamage } from './compare.ts'
import type { LookLimits } from './limits.ts'
import type { DamageCode, PageDamage } from '../damage.ts'
import type { Look } from './looks.ts'
import { type Drawable, drawnPair } from './pairs.ts'

/** A result must fit into an event. */
const mostPagesTold = 24
/** Pages that are drawn while one is compared. */
const pagesAhead = 2

/**
 * The first damage found, and what is wrong with each page that is damaged where it is one of pages; or how alike they
 * look.
 */
export type LookVerdict = {
  damage?: string
  code?: DamageCode
  damagedPages?: number[]
  damages?: PageDamage[]
  look?: Look
}

/**
 * Compares drawn pages of a candidate with those of the original.
 * @param inches how long the longer side of a page is
 */
export function openLook(original: string, inches: (page: number) => number, context: EngineContext) {
  const drawable = (path: string): Drawable => ({ path, pdfium: openPdfium(path, context) })
  return async (candidate: string, pages: readonly number[], limits: LookLimits): Promise<LookVerdict> => {
    const [before, after] = [drawable(original), drawable(candidate)]
    try {
      const found: Compared[] = []
      const damages: PageDamage[] = []
      const draw = async (page: number) => [
        { page, drawn: await drawnPair(before, after, { before: page, after: page }, context) },
      ]
      for await (const { page, drawn } of aheadInOrder(pages, pagesAhead, draw)) {
        if ('damage' in drawn) return { ...drawn, code: 'undrawable' }
        const each = { page, ...compared(drawn.before, drawn.after, inches(page), limits.colours) }
        const damage = lookDamage(page, each, limits)
        if (damage === undefined) found.push(each)
        else damages.push(damage)
      }
      const [first] = damages
      if (!first) return { look: lookOf(found) }
      const damagedPages = damages.map(({ page }) => page)
      return { damage: first.damage, code: first.code, damagedPages, damages }
    } finally {
      before.pdfium.close()
      after.pdfium.close()
    }
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
