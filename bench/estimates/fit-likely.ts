import { type Constants, type Image, type Level, likelyImage, partKinds } from '@pdf-smaller/estimate'
import { search } from './search.ts'
import { type Case, usual } from './usual.ts'

/** Errors beyond this share of the file count no more than in proportion: some files are odd. */
const odd = 0.04
/** How much it costs to leave the constants from which the search starts. */
const inertia = 0.01
/** Bytes that every file takes are sought in thousands. */
const thousand = 1000
/** Of the many images of a file these stand for the others. */
const mostImages = 60

/** A file as the search sees it: shares of the file. */
type Seen = {
  parts: number[]
  images: { image: Image; weight: number }[]
  pageArea: number | undefined
  bytes: number
  result: number
}

type Dial = {
  at: number
  least: number
  most: number
  isOfImages: boolean
  turn: (constants: Constants, at: number) => Constants
}

/** Other beginnings for images: what depends on a threshold is easily missed. */
const jpegStarts = [-1.5, -0.7, 0].flatMap((base) =>
  [-2, -1].map((resolution) => [base, 1, resolution, 0.3] as const),
)

/** Seeks the constants of a level that tell best what is likely. */
export function fitLikely(cases: readonly Case[], level: Level, start?: Constants): Constants {
  const seen = cases.map((each) => seenAt(each, level))
  const starts = start ? [start] : jpegStarts.map((jpeg) => ({ ...usual, jpeg }))
  const found = starts.map((each) => fitFrom(each, seen))
  return found.reduce((best, each) => (each.cost < best.cost ? each : best)).constants
}

function fitFrom(start: Constants, seen: readonly Seen[]): { constants: Constants; cost: number } {
  const dials = dialsOf(start)
  let constants = start
  let parts = seen.map((each) => partsOf(constants, each))
  let images = seen.map((each) => imagesOf(constants, each))
  const moves = dials.map(() => 0)
  const tried = (dial: number, at: number) => {
    const { isOfImages, turn } = dials[dial] ?? { isOfImages: false, turn: () => constants }
    const next = turn(constants, at)
    return {
      next,
      parts: isOfImages ? parts : seen.map((each) => partsOf(next, each)),
      images: isOfImages ? seen.map((each) => imagesOf(next, each)) : images,
    }
  }
  search(
    dials,
    (dial, at) => {
      const next = tried(dial, at)
      const moved = moves.reduce(
        (sum, move, index) => sum + (index === dial ? at - (dials[dial]?.at ?? 0) : move) ** 2,
        0,
      )
      return misfit(seen, next.parts, next.images) + (inertia * moved) / dials.length
    },
    (dial, at) => {
      const next = tried(dial, at)
      ;[constants, parts, images] = [next.next, next.parts, next.images]
      moves[dial] = at - (dials[dial]?.at ?? 0)
    },
  )
  return { constants, cost: misfit(seen, parts, images) }
}

function misfit(seen: readonly Seen[], parts: readonly number[], images: readonly number[]): number {
  let sum = 0
  for (const [index, { result }] of seen.entries()) {
    const error = Math.abs(Math.min(1, (parts[index] ?? 0) + (images[index] ?? 0)) - result)
    sum += error < odd ? error ** 2 : odd * (2 * error - odd)
  }
  return sum / seen.length
}

const partsOf = ({ file, left }: Constants, { parts, bytes }: Seen) =>
  partKinds.reduce((sum, kind, index) => sum + left[kind] * (parts[index] ?? 0), file / bytes)

const imagesOf = (constants: Constants, { images, pageArea, bytes }: Seen) =>
  images.reduce(
    (sum, { image, weight }) => sum + (weight * likelyImage(constants, image, pageArea)) / bytes,
    0,
  )

function seenAt({ structure, bytes }: Case, level: Level): Seen {
  const images = structure.images.toSorted((one, other) => other.bytes - one.bytes)
  const shown = images.slice(0, mostImages)
  const sum = (of: readonly Image[]) => of.reduce((total, image) => total + image.bytes, 0)
  const weight = sum(images) / Math.max(1, sum(shown))
  return {
    parts: partKinds.map((kind) => structure.parts[kind].packed / structure.bytes),
    images: shown.map((image) => ({ image, weight })),
    pageArea: structure.pageArea,
    bytes: structure.bytes,
    result: bytes[level] / structure.bytes,
  }
}

function dialsOf(start: Constants): Dial[] {
  const share = { least: 0, most: 1.1 }
  const ofImage = ['jpx', 'ccitt', 'jbig2', 'bilevel', 'mask', 'indexed', 'samples'] as const
  const left = (kind: keyof Constants['left'], isOfImages: boolean): Dial => ({
    at: start.left[kind],
    ...share,
    isOfImages,
    turn: (constants, at) => ({ ...constants, left: { ...constants.left, [kind]: at } }),
  })
  const log = { least: -6, most: 6, isOfImages: true }
  return [
    {
      at: start.file / thousand,
      least: 0,
      most: 2,
      isOfImages: false,
      turn: (constants, at) => ({ ...constants, file: at * thousand }),
    },
    ...partKinds.map((kind) => left(kind, false)),
    ...ofImage.map((kind) => left(kind, true)),
    ...start.jpeg.map((at, index) => ({
      at,
      ...log,
      turn: (constants: Constants, at: number): Constants => {
        const [base, density, resolution, loss] = constants.jpeg.map((value, place) =>
          place === index ? at : value,
        )
        return { ...constants, jpeg: [base ?? 0, density ?? 0, resolution ?? 0, loss ?? 0] }
      },
    })),
    ...start.samples.map((at, index) => ({
      at,
      ...log,
      turn: (constants: Constants, at: number): Constants => {
        const [base, density, resolution] = constants.samples.map((value, place) =>
          place === index ? at : value,
        )
        return { ...constants, samples: [base ?? 0, density ?? 0, resolution ?? 0] }
      },
    })),
  ]
}
