import { constants } from './constants.ts'
import type { Image } from './images.ts'
import type { Constants, Level } from './levels.ts'
import type { Structure } from './structure.ts'

/** Square inches of a page that says nothing of its size: A4. */
const usualArea = 8.27 * 11.69
const usualPpi = 150
const usualQuality = 75
/** An image is only encoded anew where that saves a tenth. */
const leastGain = 0.9
/** Images of photographs that lost something, but do not tell how much. */
const highQuality = 90

/** What each level would make of a PDF, bytes. */
export function estimateLevels(structure: Structure): Record<Level, number> {
  const at = (level: Level) => estimateWith(constants[level], structure)
  return { low: at('low'), medium: at('medium'), high: at('high'), maximum: at('maximum') }
}

/** The same for one level; the result never exceeds the file. */
export function estimateWith(level: Constants, structure: Structure): number {
  const { images, bytes, pageArea = usualArea } = structure
  const parts =
    structure.text * level.text +
    structure.packedObjects * level.packedObjects +
    structure.fonts * level.fonts +
    structure.plainFonts * level.plainFonts +
    structure.contents * level.contents +
    structure.plainContents * level.plainContents +
    structure.metadata * level.metadata +
    structure.others * level.others
  const encoded = images.reduce((sum, image) => sum + encodedSize(level, image, pageArea), 0)
  return Math.min(bytes, Math.round(parts + encoded))
}

function encodedSize(level: Constants, image: Image, pageArea: number): number {
  switch (image.class) {
    case 'ccitt':
    case 'jbig2':
    case 'bilevel':
      return image.bytes * level[image.class]
    case 'jpeg':
    case 'jpx':
    case 'indexed':
    case 'samples': {
      const size = renewedSize(level, image, pageArea)
      return size < image.bytes * leastGain ? size : image.bytes
    }
    default:
      return image.class satisfies never
  }
}

/** An image is taken to cover a page: where it is smaller, its resolution is higher than it seems. */
function renewedSize(level: Constants, image: Image, pageArea: number): number {
  const { pixels, packedBytes } = image
  if (pixels === 0 || packedBytes === 0) return image.bytes
  const density = Math.log((packedBytes * 8) / pixels)
  const resolution = Math.log(Math.sqrt(pixels / pageArea) / usualPpi)
  const isLossy = image.class === 'jpeg' || image.class === 'jpx'
  const [base, perDensity, perResolution] = isLossy ? level.jpeg : level.samples
  const loss = isLossy
    ? level.jpeg[3] * Math.log((101 - (image.quality || highQuality)) / (101 - usualQuality))
    : 0
  const bits = Math.exp(base + perDensity * density + perResolution * resolution + loss)
  return (pixels * bits) / 8
}
