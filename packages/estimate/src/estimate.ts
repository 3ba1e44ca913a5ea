import { constants } from './constants.ts'
import type { Image } from './images.ts'
import type { Constants, Level, Range } from './levels.ts'
import type { Structure } from './facts.ts'

/** Square inches of a page that says nothing of its size: A4. */
const usualArea = 8.27 * 11.69
const usualPpi = 150
const usualQuality = 75
/** An image is only encoded anew where that saves a tenth. */
const leastGain = 0.9
/** Of a JPEG that does not tell its own. */
const highQuality = 90

/** By how much of the file nine of ten results differ at most from what is likely, as measured in files left out of the fit. */
const margins: Record<Level, number> = { low: 0.16, medium: 0.25, high: 0.29, maximum: 0.22 }

/** What each level would make of a PDF; a higher one never more than a lower one. */
export function estimateLevels(structure: Structure): Record<Level, Range> {
  const low = estimateWith(constants.low, structure)
  const medium = Math.min(low, estimateWith(constants.medium, structure))
  const high = Math.min(medium, estimateWith(constants.high, structure))
  const maximum = Math.min(high, estimateWith(constants.maximum, structure))
  const around = (level: Level, likely: number): Range => ({
    least: Math.max(0, Math.round(likely - margins[level] * structure.bytes)),
    likely,
    most: Math.min(structure.bytes, Math.round(likely + margins[level] * structure.bytes)),
  })
  return {
    low: around('low', low),
    medium: around('medium', medium),
    high: around('high', high),
    maximum: around('maximum', maximum),
  }
}

/** The same for one level; the result never exceeds the file. */
export function estimateWith(level: Constants, structure: Structure): number {
  const { images, bytes, parts, pageArea = usualArea } = structure
  const rest =
    level.file +
    parts.type1Fonts.packed * level.type1Fonts +
    parts.cffFonts.packed * level.cffFonts +
    parts.hintedFonts.packed * level.hintedFonts +
    parts.plainFonts.packed * level.plainFonts +
    parts.contents.packed * level.contents +
    // Programs look for metadata in the bytes of a file, so they stay without compression.
    parts.metadata.bytes * level.metadata +
    parts.packedObjects.packed * level.packedObjects +
    parts.others.packed * level.others +
    parts.text.packed * level.text
  const encoded = images.reduce((sum, image) => sum + encodedSize(level, image, pageArea), 0)
  return Math.min(bytes, Math.round(rest + encoded))
}

function encodedSize(level: Constants, image: Image, pageArea: number): number {
  switch (image.class) {
    case 'ccitt':
    case 'jbig2':
    case 'bilevel':
      return image.bytes * level[image.class]
    case 'mask':
      return image.bytes * level.masks
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

/** An image whose place is not known is taken to cover a page. */
function renewedSize(level: Constants, image: Image, pageArea: number): number {
  const { pixels, bytes, packedBytes } = image
  if (pixels === 0 || bytes === 0) return bytes
  const resolution = Math.log((image.ppi ?? Math.sqrt(pixels / pageArea)) / usualPpi)
  const perPixel = (size: number) => Math.log((size * 8) / pixels)
  if (image.class !== 'jpeg') {
    const [base, density, perResolution] = level.samples
    return (pixels / 8) * Math.exp(base + density * perPixel(packedBytes) + perResolution * resolution)
  }
  const [base, density, perResolution, perLoss] = level.jpeg
  const loss = Math.log((101 - (image.quality || highQuality)) / (101 - usualQuality))
  return (
    (pixels / 8) * Math.exp(base + density * perPixel(bytes) + perResolution * resolution + perLoss * loss)
  )
}
