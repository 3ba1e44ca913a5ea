import type { Image } from './images.ts'
import type { Constants } from './levels.ts'

const usualPpi = 150
/** Square inches of a page that says nothing of its size: A4. */
const usualArea = 8.27 * 11.69
const usualQuality = 75
/** An image is only encoded anew where that saves a tenth. */
const leastGain = 0.9
/** Samples that lost nothing so far lose something only where that saves half: marks on plain ground must stay as they are. */
const leastGainOfSamples = 0.5
/** Logarithm of what of samples a JPEG usually leaves. */
const untried = -1.6
/** Of a JPEG that does not tell its own. */
const highQuality = 90

/**
 * What a level is likely to leave of an image, bytes.
 * @param pageArea square inches; an image whose place is not known is taken to cover a page
 */
export function likelyImage(level: Constants, image: Image, pageArea: number = usualArea): number {
  if (image.spare) return image.bytes * level.left[image.spare]
  switch (image.class) {
    case 'ccitt':
    case 'jbig2':
    case 'bilevel':
    case 'mask':
    case 'indexed':
    case 'jpx':
      return image.bytes * level.left[image.class]
    case 'jpeg':
    case 'samples': {
      const size = renewedSize(level, image, pageArea)
      return size < image.bytes * (image.class === 'jpeg' ? leastGain : leastGainOfSamples)
        ? size
        : image.bytes * level.left[image.class]
    }
    default:
      return image.class satisfies never
  }
}

function renewedSize(level: Constants, image: Image, pageArea: number): number {
  const { pixels, bytes, packedBytes } = image
  if (pixels === 0 || bytes === 0) return bytes
  const resolution = Math.max(0, Math.log((image.ppi ?? Math.sqrt(pixels / pageArea)) / usualPpi))
  const bits = Math.log((packedBytes * 8) / pixels)
  if (image.class !== 'jpeg') {
    const [base, density, perResolution] = level.samples
    return (
      (pixels / 8) *
      Math.exp(
        base +
          density * (image.asJpeg ? Math.log(image.asJpeg) : bits + untried) +
          perResolution * resolution,
      )
    )
  }
  const [base, density, perResolution, perLoss] = level.jpeg
  const loss = Math.log((101 - (image.quality || highQuality)) / (101 - usualQuality))
  return (pixels / 8) * Math.exp(base + density * bits + perResolution * resolution + perLoss * loss)
}
