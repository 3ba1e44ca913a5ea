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
  // In shades of grey it is the same.
  const [lumaHad, lumaHas] = [lumaOf(before), lumaOf(after)]
  return {
    ...similarity(before, after, lumaHad.samples, lumaHas.samples),
    tiles: tileChanges(had, has, lumaHad.samples, lumaHas.samples, side),
    ...lostMarks(lumaHad, lumaHas, ppi),
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

/** What of a page goes beyond the limits: what is asked first, and the most by which any is passed; undefined when nothing does. */
export function lookDamage(page: number, found: Comparison, limits: LookLimits): PageDamage | undefined {
  const damages = limits.colours === 'black-white' ? vanishedIn(page, found) : lostIn(page, found, limits)
  const [first] = damages
  const times = Math.max(...damages.map((each) => each.times ?? 0))
  return first && { ...first, ...(times > 0 ? { times } : {}) }
}

function vanishedIn(page: number, { vanished }: Comparison): PageDamage[] {
  if (vanished <= mostVanished) return []
  const damage = `something on page ${page} can no longer be seen`
  return [{ page, code: 'vanished', measured: vanished, limit: mostVanished, damage }]
}

function lostIn(page: number, found: Comparison, limits: LookLimits): PageDamage[] {
  const { mean, worstTile, tiles } = found
  const part = `a part of page ${page}`
  const { leastSimilarity, leastTile, leastContrast, leastDetail } = limits
  const below = belowOn(page)
  return [
    ...below(
      'page_differs',
      mean,
      leastSimilarity,
      (is) => `page ${page} looks different (similarity ${is})`,
    ),
    ...below('part_differs', worstTile, leastTile, (is) => `${part} looks different (${is})`),
    ...marksGone(page, found, limits),
    ...below(
      'contrast_lost',
      tiles.contrast,
      leastContrast,
      (is) => `${part} has lost what it showed (contrast ${is})`,
    ),
    ...below('detail_lost', tiles.detail, leastDetail, (is) => `${part} has become flat (contrast ${is})`),
    ...coloursLost(page, found, limits),
  ]
}

/** Marks that are gone are no matter of degree where none may be. */
function marksGone(page: number, { lost, marks }: Comparison, { mostLostMarks }: LookLimits): PageDamage[] {
  const limit = mostLostMarks * marks
  if (lost <= limit) return []
  const damage = `${lost} of ${marks} marks on page ${page} are gone`
  return [{ page, code: 'marks_gone', measured: lost, limit, damage }]
}

function coloursLost(page: number, { tiles, colourShift }: Comparison, limits: LookLimits): PageDamage[] {
  const isGrey = limits.colours === 'grayscale'
  const mostColour = limits.mostColour + (isGrey ? mostGreyShift : 0)
  const above = (code: DamageCode, measured: number, limit: number, damage: string): PageDamage[] =>
    measured > limit ? [{ page, code, measured, limit, damage, times: measured / limit }] : []
  const changed = `the colours of a part of page ${page} have changed (by ${Math.round(tiles.colour)} of 255)`
  const shift = above('colours_changed', tiles.colour, mostColour, changed)
  if (isGrey) return shift
  const pale = (is: string) => `a part of page ${page} has lost its colour (${is})`
  return [
    ...shift,
    ...belowOn(page)('chroma_lost', tiles.chroma, limits.leastChroma, pale),
    ...above('colours_shifted', colourShift, mostPageShift, `the colours of page ${page} have shifted`),
  ]
}

/** A likeness, of which 1 is all, that is below the least there may be. */
const belowOn =
  (page: number) =>
  (code: DamageCode, measured: number, limit: number, say: (is: string) => string): PageDamage[] =>
    measured < limit
      ? [
          {
            page,
            code,
            measured,
            limit,
            damage: say(measured.toFixed(3)),
            times: (1 - measured) / (1 - limit),
          },
        ]
      : []
