import { marginsOf, unsureShare } from './certainty.ts'
import { constants } from './constants.ts'
import type { Structure } from './facts.ts'
import { likelyImage } from './likely-image.ts'
import type { Constants, Level, Range } from './levels.ts'
import { partKinds } from './parts.ts'

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

/** The sum of what the constants of a level say of each part and each image. */
function likelyBytes(level: Constants, { images, parts, pageArea }: Structure): number {
  const ofParts = partKinds.reduce((sum, kind) => sum + parts[kind].packed * level.left[kind], level.file)
  return images.reduce((sum, image) => sum + likelyImage(level, image, pageArea), ofParts)
}

/** The same for the file; nothing of it exceeds the file. */
export function rangeWith(level: Constants, structure: Structure): Range {
  const { below, above } = marginsOf(level, unsureShare(level, structure))
  const bounded = (bytes: number) => Math.min(structure.bytes, Math.max(0, Math.round(bytes)))
  const likely = bounded(likelyBytes(level, structure))
  return {
    least: bounded(likely - below * structure.bytes),
    likely,
    most: bounded(likely + above * structure.bytes),
  }
}
