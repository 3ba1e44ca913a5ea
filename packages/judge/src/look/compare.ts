import { greyed, lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
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

/** What of a page goes beyond a limit, in words, and how many times as much was lost as may be, where that is a matter of degree. */
export type LookDamage = { damage: string; times?: number }

/** What of a page goes beyond the limits: what is asked first, and the most by which any is passed; undefined when nothing does. */
export function lookDamage(page: number, found: Comparison, limits: LookLimits): LookDamage | undefined {
  const damages = limits.colours === 'black-white' ? vanishedIn(page, found) : lostIn(page, found, limits)
  const [first] = damages
  const times = Math.max(...damages.map((each) => each.times ?? 0))
  return first && { damage: first.damage, ...(times > 0 ? { times } : {}) }
}

const vanishedIn = (page: number, { vanished }: Comparison): LookDamage[] =>
  vanished > mostVanished ? [{ damage: `something on page ${page} can no longer be seen` }] : []

function lostIn(page: number, found: Comparison, limits: LookLimits): LookDamage[] {
  const { mean, worstTile, tiles, lost, marks } = found
  const part = `a part of page ${page}`
  const gone = `${lost} of ${marks} marks on page ${page} are gone`
  return [
    ...below(mean, limits.leastSimilarity, (is) => `page ${page} looks different (similarity ${is})`),
    ...below(worstTile, limits.leastTile, (is) => `${part} looks different (${is})`),
    ...(lost > limits.mostLostMarks * marks ? [{ damage: gone }] : []),
    ...below(
      tiles.contrast,
      limits.leastContrast,
      (is) => `${part} has lost what it showed (contrast ${is})`,
    ),
    ...below(tiles.detail, limits.leastDetail, (is) => `${part} has become flat (contrast ${is})`),
    ...coloursLost(page, found, limits),
  ]
}

function coloursLost(page: number, { tiles, colourShift }: Comparison, limits: LookLimits): LookDamage[] {
  const isGrey = limits.colours === 'grayscale'
  const mostColour = limits.mostColour + (isGrey ? mostGreyShift : 0)
  const changed = `the colours of a part of page ${page} have changed (by ${Math.round(tiles.colour)} of 255)`
  const shift = tiles.colour > mostColour ? [{ damage: changed, times: tiles.colour / mostColour }] : []
  if (isGrey) return shift
  const shifted = `the colours of page ${page} have shifted`
  return [
    ...shift,
    ...below(tiles.chroma, limits.leastChroma, (is) => `a part of page ${page} has lost its colour (${is})`),
    ...(colourShift > mostPageShift ? [{ damage: shifted, times: colourShift / mostPageShift }] : []),
  ]
}

/** A likeness, of which 1 is all, that is below the least there may be. */
const below = (is: number, least: number, say: (is: string) => string): LookDamage[] =>
  is < least ? [{ damage: say(is.toFixed(3)), times: (1 - is) / (1 - least) }] : []
