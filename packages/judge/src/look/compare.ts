import { greyed, lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { DamageCode, PageDamage } from '../damage.ts'
import { type LookLimits, mostGreyShift, mostPageShift, mostVanished } from './limits.ts'
import { lostMarks } from './marks.ts'
import { type Similarity, similarity } from './similarity.ts'
import { type TileChanges, tileChanges } from './tiles.ts'
import { vanishedPart } from './vanished.ts'

/** How far two drawings of a page are apart. */
export type Comparison = Similarity & {
  tiles: TileChanges
  lost: number
  marks: number
  /** The part of what was clearly to be seen that is not; only where shades were to become black and white. */
  vanished: number
}

/** A tile, inches: a word or an icon. Smaller than so many pixels none says anything. */
const [tileInches, leastSide] = [0.22, 8]

/**
 * Compares two drawings of a page.
 * @param inches how long the longer side of the page is
 */
export function compared(
  before: Pixels,
  after: Pixels,
  inches: number,
  colours: LookLimits['colours'],
): Comparison {
  const [had, has] = colours === 'grayscale' ? [greyed(before), greyed(after)] : [before, after]
  const sameSize = before.width === after.width && before.height === after.height
  if (!sameSize || before.width === 0) return nothingAlike
  // The same program draws the same of what is the same, and this costs next to nothing.
  if (Buffer.compare(before.samples, after.samples) === 0) return allAlike
  const ppi = Math.max(before.width, before.height) / Math.max(inches, 0.1)
  const side = Math.max(leastSide, Math.round(tileInches * ppi))
  return {
    ...similarity(before, after),
    tiles: tileChanges(had, has, side),
    ...lostMarks(lumaOf(before), lumaOf(after), ppi),
    vanished: colours === 'black-white' ? vanishedPart(before, after) : 0,
  }
}

const allAlike: Comparison = {
  mean: 1,
  worstTile: 1,
  colourShift: 0,
  tiles: { colour: 0, chroma: 1, contrast: 1, detail: 1 },
  lost: 0,
  marks: 0,
  vanished: 0,
}

const nothingAlike: Comparison = {
  mean: 0,
  worstTile: 0,
  colourShift: 255,
  tiles: { colour: 255, chroma: 0, contrast: 0, detail: 0 },
  lost: 0,
  marks: 0,
  vanished: 1,
}

/** What of a page goes beyond the limits; undefined when nothing does. */
export function lookDamage(page: number, found: Comparison, limits: LookLimits): PageDamage | undefined {
  const { mean, worstTile, tiles, lost, marks, vanished } = found
  const damaged = (code: DamageCode, measured: number, limit: number, damage: string): PageDamage => ({
    page,
    code,
    measured,
    limit,
    damage,
  })
  if (limits.colours === 'black-white')
    return vanished > mostVanished
      ? damaged('vanished', vanished, mostVanished, `something on page ${page} can no longer be seen`)
      : undefined
  if (mean < limits.leastSimilarity) {
    const words = `page ${page} looks different (similarity ${mean.toFixed(3)})`
    return damaged('page_differs', mean, limits.leastSimilarity, words)
  }
  if (worstTile < limits.leastTile) {
    const words = `a part of page ${page} looks different (${worstTile.toFixed(3)})`
    return damaged('part_differs', worstTile, limits.leastTile, words)
  }
  const mostLost = limits.mostLostMarks * marks
  if (lost > mostLost)
    return damaged('marks_gone', lost, mostLost, `${lost} of ${marks} marks on page ${page} are gone`)
  if (tiles.contrast < limits.leastContrast) {
    const words = `a part of page ${page} has lost what it showed (contrast ${tiles.contrast.toFixed(3)})`
    return damaged('contrast_lost', tiles.contrast, limits.leastContrast, words)
  }
  if (tiles.detail < limits.leastDetail) {
    const words = `a part of page ${page} has become flat (contrast ${tiles.detail.toFixed(3)})`
    return damaged('detail_lost', tiles.detail, limits.leastDetail, words)
  }
  return colourDamage(page, found, limits)
}

function colourDamage(page: number, found: Comparison, limits: LookLimits): PageDamage | undefined {
  const { tiles, colourShift } = found
  const isGrey = limits.colours === 'grayscale'
  const mostColour = limits.mostColour + (isGrey ? mostGreyShift : 0)
  if (tiles.colour > mostColour) {
    const damage = `the colours of a part of page ${page} have changed (by ${Math.round(tiles.colour)} of 255)`
    return { page, code: 'colours_changed', measured: tiles.colour, limit: mostColour, damage }
  }
  if (isGrey) return undefined
  if (tiles.chroma < limits.leastChroma) {
    const damage = `a part of page ${page} has lost its colour (${tiles.chroma.toFixed(3)})`
    return { page, code: 'chroma_lost', measured: tiles.chroma, limit: limits.leastChroma, damage }
  }
  if (colourShift <= mostPageShift) return undefined
  const damage = `the colours of page ${page} have shifted`
  return { page, code: 'colours_shifted', measured: colourShift, limit: mostPageShift, damage }
}
