import { type PictureOutcome, picturesTold } from '../../report/pictures.ts'
import type { ImageClass, MorePictures, Picture } from '../../report/picture.ts'
import { imageReasons } from '../../report/sentences.ts'
import type { ImageReport } from '../../result.ts'
import type { Place } from './places.ts'
import type { ImageFacts } from './reader/facts.ts'

/** What came of the images: by what they are, and of each where they are not too many. */
export type ImagesTold = { images: ImageReport[]; pictures: Picture[]; morePictures?: MorePictures }

/** What came of the images of a document. */
export type ImageTally = {
  add: (outcome: PictureOutcome) => void
  /** Forgets what was counted, for another go at the same images. */
  clear: () => void
  report: () => ImagesTold
}

export function openTally(): ImageTally {
  const outcomes: PictureOutcome[] = []
  return {
    add: (outcome) => void outcomes.push(outcome),
    clear: () => void outcomes.splice(0),
    report: () => ({ images: byClass(outcomes), ...picturesTold(outcomes) }),
  }
}

function byClass(outcomes: readonly PictureOutcome[]): ImageReport[] {
  const classes = new Map<ImageClass, ImageReport>()
  for (const outcome of outcomes) {
    const known = classes.get(outcome.class) ?? emptyReport(outcome.class)
    classes.set(outcome.class, known)
    known.count++
    known.bytesBefore += outcome.before
    if ('kept' in outcome) {
      const why = imageReasons[outcome.kept]
      known.bytesAfter += outcome.before
      known.kept[why] = (known.kept[why] ?? 0) + 1
    } else {
      known.renewed++
      known.bytesAfter += outcome.after
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
