import type { Structure } from './facts.ts'
import type { Image } from './images.ts'
import { type PartKind, partKinds } from './parts.ts'
import type { Constants, Margins } from './levels.ts'
import { likelyImage } from './likely-image.ts'

/** Of these too much stays unknown: fonts of which it cannot be told what is shown, what is locked, what cannot be read. */
const unsureParts: ReadonlySet<PartKind> = new Set<PartKind>([
  'wholeFonts',
  'wholeOutlines',
  'lockedFonts',
  'unreadFonts',
  'packedObjects',
  'others',
])

/** Of fonts that lose what nothing shows, as contents may be read in another way. */
const unsureOfGlyphs = 0.3

/** Of contents, as numbers in them are shortened by more or less. */
const unsureOfContents = 0.3

/** An image that takes so much of its page, in so many pixels per inch, is a scan: layers leave a tenth of it, or do not hold. */
const [leastCoverage, leastPpi] = [0.5, 140]
/** Square inches of a page that says nothing of its size: A4. */
const usualArea = 8.27 * 11.69

/** Documents of so many pages may be drawn anew where so much of them is contents. */
const mostRedrawn = 50
const leastContents = 0.6

/** What is unsure of every file, as a share of it. */
const alwaysUnsure = 0.05

/**
 * The share of a file of which much stays unknown, 0 to 1: what is likely to be left of images, above all, which a level makes
 * coarser as far as it does not show.
 */
export function unsureShare(level: Constants, structure: Structure): number {
  const { bytes, images, parts, pageArea } = structure
  const left = (image: Image) =>
    isScan(image, pageArea) ? image.bytes : Math.min(image.bytes, likelyImage(level, image, pageArea))
  const ofImages = images.reduce((sum, image) => sum + (isUnsure(image) ? left(image) : 0), 0)
  const ofParts = partKinds.reduce((sum, kind) => sum + (unsureParts.has(kind) ? parts[kind].packed : 0), 0)
  return Math.min(
    1,
    (ofImages +
      ofParts +
      unsureOfGlyphs * (parts.outlines.packed + parts.cffFonts.packed) +
      contentsUnsure(structure)) /
      Math.max(1, bytes),
  )
}

function isScan({ class: kind, pixels, ppi }: Image, pageArea = usualArea): boolean {
  if (kind !== 'jpeg' && kind !== 'samples') return false
  const density = ppi ?? Math.sqrt(pixels / pageArea)
  return density >= leastPpi && pixels >= leastCoverage * pageArea * density ** 2
}

const isUnsure = (image: Image) => !image.spare && image.class !== 'jbig2'

/** Contents that an engine may draw anew become half as large, or larger, in which case they stay. */
function contentsUnsure({ bytes, pages = 0, parts, isTagged, isLayered, isEncrypted }: Structure): number {
  const contents = parts.contents.packed + parts.forms.packed
  const isEligible = !isTagged && !isLayered && !isEncrypted && pages <= mostRedrawn
  return isEligible && contents > leastContents * bytes ? contents : unsureOfContents * contents
}

/** By how much the result may differ from what is likely, as a share of the file. */
export function marginsOf({ mostUnsure, sure, unsure }: Constants, share: number): Margins {
  if (share <= mostUnsure) return sure
  const by = weightOf(share)
  return { below: unsure.below * by, above: unsure.above * by }
}

/** How unsure a file is beside others. */
export const weightOf = (share: number): number => alwaysUnsure + share
