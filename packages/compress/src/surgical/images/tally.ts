import type { Level } from '../../levels.ts'
import { bytesAfterOf, type PictureOutcome, picturesTold } from '../../report/pictures.ts'
import type { ImageClass, MorePictures, Picture } from '../../report/picture.ts'
import { imageReasons } from '../../report/picture-sentences.ts'
import type { ImageReport } from '../../result.ts'
import type { Place } from './places.ts'
import type { ImageFacts } from './reader/facts.ts'
import type { Seen } from './seen.ts'

/** What came of the images: by what they are, and of each where they are not too many. */
export type ImagesTold = { images: ImageReport[]; pictures: Picture[]; morePictures?: MorePictures }

/** What came of an image, where it is seen, and the structural similarity that it has lost if it was encoded anew. */
export type ImageOutcome = PictureOutcome & Seen

/** What came of the images of a document. */
export type ImageTally = {
  add: (outcome: ImageOutcome) => void
  all: () => readonly ImageOutcome[]
  /** Takes down what images take that were packed again after they were encoded, by their references, bytes. */
  packedAgain: (bytesOf: (reference: string) => number | undefined) => void
  /** Forgets what was counted, for another go at the same images. */
  clear: () => void
}

export function openTally(): ImageTally {
  const outcomes: ImageOutcome[] = []
  const packed = new Map<ImageOutcome, number>()
  return {
    add: (outcome) => void outcomes.push(outcome),
    all: () => outcomes.map((each) => withPacked(each, packed.get(each))),
    packedAgain: (bytesOf) => {
      for (const outcome of outcomes) packed.set(outcome, bytesOf(outcome.reference) ?? Infinity)
    },
    clear: () => {
      outcomes.splice(0)
      packed.clear()
    },
  }
}

/** Without loss an image is one stream, which may be packed harder than it was tried. */
const withPacked = (outcome: ImageOutcome, packed = Infinity): ImageOutcome =>
  'kept' in outcome || outcome.form !== 'lossless' || packed >= outcome.after
    ? outcome
    : { ...outcome, packed }

/** @param level whose settings were asked for, and nothing else */
export const imagesTold = (outcomes: readonly ImageOutcome[], level?: Level): ImagesTold => ({
  images: byClass(outcomes),
  ...picturesTold(outcomes, level),
})

function byClass(outcomes: readonly PictureOutcome[]): ImageReport[] {
  const classes = new Map<ImageClass, ImageReport>()
  for (const outcome of outcomes) {
    const known = classes.get(outcome.class) ?? emptyReport(outcome.class)
    classes.set(outcome.class, known)
    known.count++
    known.bytesBefore += outcome.before
    known.bytesAfter += bytesAfterOf(outcome)
    if ('kept' in outcome) {
      const why = imageReasons[outcome.kept]
      known.kept[why] = (known.kept[why] ?? 0) + 1
    } else {
      known.renewed++
    }
  }
  return [...classes.values()].sort((a, b) => b.bytesBefore - a.bytesBefore)
}

const emptyReport = (kind: ImageClass): ImageReport => ({
  class: kind,
  count: 0,
  renewed: 0,
  bytesBefore: 0,
  bytesAfter: 0,
  kept: {},
})

/** What an image is, as far as it matters to how it is encoded. */
export function classOf({ space, bits }: ImageFacts, { isSoftMask }: Place): ImageClass {
  if (isSoftMask) return 'soft-mask'
  if (space.kind === 'stencil') return 'stencil'
  if (bits === 1) return 'bitmap'
  if (space.kind === 'indexed') return 'indexed'
  if (space.kind === 'drawn') return 'other'
  if (space.components === 4) return 'cmyk'
  return space.components === 1 ? 'gray' : 'colour'
}
