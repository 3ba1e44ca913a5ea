import { constants } from './constants.ts'
import type { Structure } from './facts.ts'
import { likelyImage } from './likely-image.ts'
import type { Constants, Kind, Level, Range } from './levels.ts'
import { partKinds } from './ledger.ts'

/** Square inches of a page that says nothing of its size: A4. */
const usualArea = 8.27 * 11.69

/** No range is narrower to either side, as a share of the file. */
export const leastMargin = 0.01

/** What each level would make of a PDF; a stronger one never more than a gentler one. */
export function estimateLevels(structure: Structure): Record<Level, Range> {
  const low = rangeWith(constants.low, structure)
  const medium = within(low, rangeWith(constants.medium, structure))
  const high = within(medium, rangeWith(constants.high, structure))
  const maximum = within(high, rangeWith(constants.maximum, structure))
  return { low, medium, high, maximum }
}

const within = (gentler: Range, { least, likely, most }: Range): Range => ({
  least: Math.min(gentler.least, least),
  likely: Math.min(gentler.likely, likely),
  most: Math.min(gentler.most, most),
})

/** What a file holds of one kind, bytes, and what a level is likely to leave of it. */
type Expected = { kind: Kind; bytes: number; likely: number }

/** What the constants of a level say of each part and each image. */
export function expectedOf(level: Constants, structure: Structure): Expected[] {
  const { images, parts, pageArea = usualArea } = structure
  return [
    ...partKinds.map((kind) => ({
      kind,
      bytes: parts[kind].packed,
      likely: parts[kind].packed * level.left[kind],
    })),
    ...images.map((image) => ({
      kind: image.spare ?? image.class,
      bytes: image.bytes,
      likely: likelyImage(level, image, pageArea),
    })),
  ]
}

/** The same for the file; nothing of it exceeds the file. */
export function rangeWith(level: Constants, structure: Structure): Range {
  let [likely, below, above] = [level.file, 0, 0]
  for (const part of expectedOf(level, structure)) {
    likely += part.likely
    below += part.bytes * level.below[part.kind]
    above += part.bytes * level.above[part.kind]
  }
  below += structure.bytes * leastMargin
  above += structure.bytes * leastMargin
  const bounded = (bytes: number) => Math.min(structure.bytes, Math.max(0, Math.round(bytes)))
  return {
    least: bounded(Math.min(likely, structure.bytes) - below),
    likely: bounded(likely),
    most: bounded(likely + above),
  }
}
