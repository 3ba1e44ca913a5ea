import type { PageDamage } from '@pdf-smaller/judge'
import type { Pass } from '../result.ts'
import type { DrawnAnew } from './drawn-anew.ts'
import type { GentlerImages } from './images.ts'

/** A pass, and for what it was rejected where that was damage of pages. */
export type Judged = {
  report: Pick<Pass, 'name' | 'outcome'>
  candidate?: { damages?: readonly PageDamage[] | undefined }
}

/** What is to be nearer to what it was, page by page. */
export type Mends = {
  images: PageDamage[]
  contents: number[]
  fonts: number[]
  /** Pages whose fonts get back what was taken out of them. */
  slimmed: number[]
}

/**
 * What is to blame for what the judge refused. Each pass works on what the ones before it have made: what is damaged without
 * it, it has not done; but new contents bring their own fonts. Undefined where the first pass has damaged more than pages.
 * @param pages how many there are
 */
export function blamed(tried: readonly Judged[], pages: number): Mends | undefined {
  const all = Array.from({ length: pages }, (_, index): PageDamage => ({
    page: index + 1,
    code: 'carried_changed',
    damage: '',
  }))
  const passOf = (name: string) => tried.find(({ report }) => report.name === name)
  const damagesOf = (name: string): readonly PageDamage[] => {
    const pass = passOf(name)
    return pass?.report.outcome === 'rejected' ? (pass.candidate?.damages ?? all) : []
  }
  const images = damagesOf('surgical')
  if (images === all) return undefined
  const before = new Set(images.map(({ page }) => page))
  const ownPages = (name: string) => damagesOf(name).flatMap(({ page }) => (before.has(page) ? [] : [page]))
  const contents = ownPages('contents')
  const hasOldContents = passOf('contents')?.candidate ? new Set(contents) : undefined
  const fonts = ownPages('fonts').filter((page) => hasOldContents?.has(page) ?? true)
  return { images: [...images], fonts, contents, slimmed: [] }
}

/**
 * What is to blame for pages that are still damaged: images that went too far before, unless the page is as far off as it was
 * before they were encoded again; then new contents, new fonts, fonts that were slimmed, and at last any image. Undefined
 * where nothing of a page is new.
 * @param before what pages were refused for whose images were encoded again
 */
export function blamedNow(
  damages: readonly PageDamage[],
  before: ReadonlyMap<number, PageDamage>,
  drawnAnew: DrawnAnew,
  images: GentlerImages,
): Mends | undefined {
  const mends: Mends = { images: [], contents: [], fonts: [], slimmed: [] }
  const contents = drawnAnew.contents()
  for (const damage of damages) {
    const { page } = damage
    const known = before.get(page)
    const mayBeImages = images.mayHelp(page)
    if (known && !isAsFarOff(known, damage) && mayBeImages) mends.images.push(damage)
    else if (contents.has(page)) mends.contents.push(page)
    else if (drawnAnew.hasNewFonts(page)) mends.fonts.push(page)
    else if (drawnAnew.hasSlimFonts(page)) mends.slimmed.push(page)
    else if (mayBeImages) mends.images.push(damage)
    else return undefined
  }
  return mends
}

/** What draws the same is measured the same: that a page is as far off says that what was mended did not do it. Marks are only counted. */
const isAsFarOff = (before: PageDamage, now: PageDamage): boolean =>
  now.measured !== undefined &&
  now.code !== 'marks_gone' &&
  now.code === before.code &&
  now.measured === before.measured
