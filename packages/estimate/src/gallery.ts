import { type Image, imageOf, type SeenImage, type SeenStream } from './images.ts'
import { type ObjectText, referenceOf } from './objects.ts'
import type { FoundPlacements } from './placements.ts'
import { openSampleTrial } from './sample-trial.ts'
import type { Uses } from './references.ts'

/** The images of a file, as they come by; what they refer to may stand before or behind them. */
type Gallery = {
  /** Takes notice of an object that may be the colour space of an image. */
  note: (object: ObjectText) => void
  /** How much of the next image is to be looked into. */
  wanted: () => number
  /** False when there are too many to keep. */
  add: (object: ObjectText, stream: SeenStream) => boolean
  found: (found: { placed: FoundPlacements; uses: Uses }) => Image[]
}

const mostImages = 20_000
/** Of so many images a sample is looked into; of the rest the head, which tells the quality of a JPEG. */
const mostSampled = 300
const sampleBytes = 64 * 1024
const headBytes = 8192
const mostSpaces = 10_000
const pointsPerInch = 72

export function openGallery(): Gallery {
  const images: SeenImage[] = []
  const trial = openSampleTrial()
  const masks = new Set<number>()
  const indexed = new Set<number>()

  const finished = (seen: SeenImage, { areaOf }: FoundPlacements): Omit<Image, 'spare'> => {
    const { number, space, width, height, twin: _, ...image } = seen
    const area = areaOf(number)
    const isIndexed = image.class === 'samples' && space !== undefined && indexed.has(space)
    return {
      ...image,
      class: masks.has(number) ? 'mask' : isIndexed ? 'indexed' : image.class,
      ppi: area === undefined ? undefined : Math.sqrt((width * height) / area) * pointsPerInch,
    }
  }

  return {
    note: ({ number, text }) => {
      if (indexed.size < mostSpaces && /^\s{0,8}\[\s{0,8}\/Indexed\b/.test(text)) indexed.add(number)
    },
    wanted: () => (images.length < mostSampled ? sampleBytes : headBytes),
    add: (object, stream) => {
      if (images.length === mostImages) return false
      images.push(imageOf(object, stream, trial))
      const mask = referenceOf(object.text, 'SMask')
      if (mask !== undefined) masks.add(mask)
      return true
    },
    found: ({ placed, uses }) => {
      const seen = new Set<string>()
      return images.map((image) => {
        const isIdle =
          uses.isIdle(image.number) || (!masks.has(image.number) && placed.isUnused(image.number))
        const spare = isIdle ? 'idle' : seen.has(image.twin) ? 'twins' : undefined
        if (spare !== 'idle') seen.add(image.twin)
        return { ...finished(image, placed), spare }
      })
    },
  }
}
