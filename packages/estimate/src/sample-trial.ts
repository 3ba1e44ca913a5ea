import { dctBits } from './dct-bits.ts'
import { filtersOf, nameOf, numberOf } from './objects.ts'
import { unpackedBeginning, unwrapped } from './unpack.ts'

/** Tries what the samples of an image would come to as a JPEG. */
export type SampleTrial = {
  /**
   * @param image as its dictionary tells it, with the bytes that it takes and the beginning of its data
   * @returns bits per pixel; undefined where it is not known
   */
  bitsOf: (image: {
    dictionary: string
    width: number
    height: number
    bytes: number
    head: Buffer
  }) => number | undefined
}

/** As much is unpacked of one image, and of a file. */
const [mostOfImage, mostInAll] = [512 * 1024, 3 * 1024 * 1024]
/** The first of the predictors that PNG has; they tell theirs in front of each row (ISO 32000-1, 7.4.4.4). */
const firstOfPng = 10
const componentsOf: Record<string, number> = {
  DeviceGray: 1,
  DeviceRGB: 3,
  DeviceCMYK: 4,
  CalGray: 1,
  CalRGB: 3,
  Lab: 3,
}
/** What colours take beside brightness. */
const colourShare = 1.2

export function openSampleTrial(): SampleTrial {
  let left = mostInAll
  return {
    bitsOf: ({ dictionary, width, height, bytes, head }) => {
      if (left <= 0 || width === 0 || numberOf(dictionary, 'BitsPerComponent') !== 8) return undefined
      const beginning = plainBeginning(dictionary, head)
      left -= beginning?.content.length ?? mostOfImage
      if (!beginning) return undefined
      const { samples, components } = samplesIn(dictionary, width, beginning.content)
      const rows = Math.floor(samples.length / (width * components))
      const at = (x: number, y: number) => {
        const place = (y * width + x) * components
        if (components < 3) return samples[place] ?? 0
        return ((samples[place] ?? 0) + 2 * (samples[place + 1] ?? 0) + (samples[place + 2] ?? 0)) / 4
      }
      const bits = dctBits({ width, height: rows, at }) * (components < 3 ? 1 : colourShare)
      return bits > 0 ? bits * likeRest(bytes / height, beginning.taken / rows) : undefined
    },
  }
}

/** The rest has as much more to it as it takes more. */
const [least, most] = [0.25, 8]
const likeRest = (bytesOfRow: number, bytesOfFirstRows: number) =>
  Math.min(most, Math.max(least, bytesOfRow / bytesOfFirstRows))

function plainBeginning(dictionary: string, head: Buffer): { content: Buffer; taken: number } | undefined {
  const filters = filtersOf(dictionary)
  const last = filters.at(-1)
  if (last === undefined) return { content: head, taken: head.length }
  if (last !== 'FlateDecode' && last !== 'Fl') return undefined
  return unpackedBeginning(unwrapped(head, filters.slice(0, -1)), mostOfImage)
}

function samplesIn(dictionary: string, width: number, data: Buffer): { samples: Buffer; components: number } {
  const told = numberOf(dictionary, 'Colors') ?? componentsOf[nameOf(dictionary, 'ColorSpace') ?? '']
  const components = told ?? likelyComponents(data)
  const isPng = (numberOf(dictionary, 'Predictor') ?? 1) >= firstOfPng
  return { samples: isPng ? withoutPredictor(data, width * components, components) : data, components }
}

/** Of three samples a pixel, every third is like the one before it. */
function likelyComponents(data: Buffer): number {
  const difference = (step: number) => {
    let sum = 0
    for (let at = step; at < Math.min(data.length, 30_000); at++)
      sum += Math.abs((data[at] ?? 0) - (data[at - step] ?? 0))
    return sum
  }
  return difference(3) < difference(1) * 0.9 ? 3 : 1
}

/** Rows as they were before PNG's predictors (RFC 2083, chapter 6). */
function withoutPredictor(data: Buffer, rowBytes: number, pixelBytes: number): Buffer {
  const rows = Math.floor(data.length / (rowBytes + 1))
  const samples = Buffer.alloc(rows * rowBytes)
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1)
    const kind = data[from] ?? 0
    const to = row * rowBytes
    for (let x = 0; x < rowBytes; x++) {
      const left = x >= pixelBytes ? (samples[to + x - pixelBytes] ?? 0) : 0
      const up = row > 0 ? (samples[to + x - rowBytes] ?? 0) : 0
      const corner = row > 0 && x >= pixelBytes ? (samples[to + x - rowBytes - pixelBytes] ?? 0) : 0
      samples[to + x] = (data[from + 1 + x] ?? 0) + predicted(kind, left, up, corner)
    }
  }
  return samples
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  if (kind !== 4) return 0
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}
