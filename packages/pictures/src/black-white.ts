import { type Bitmap, rowBytes, setBlack } from './bitmap.ts'
import { localMeans, localRows } from './local-means.ts'
import { lumaOf, type Pixels } from './pixels.ts'
import { shadesOf } from './shades.ts'
import type { Plane } from './ssim.ts'

/** How far a threshold lies below the local mean where nothing is written, and the largest deviation (Sauvola, equation 5). */
const [sensitivity, mostDeviation] = [0.25, 128]
/** Inches from the middle of a window to its border: a large letter, and a small picture. */
const [letterInches, pictureInches] = [0.1, 0.25]
/** What is darker than this part of the paper's white is black on a page of writing, be it a thick line or a logo. */
const solidPart = 0.4
/** Where shades cover more than this part of the surroundings, a picture is shown. */
const pictureShades = 0.35

/**
 * An image in black and white. Writing is told from paper by the threshold of Sauvola and Pietikäinen ("Adaptive document
 * image binarization", 2000), which follows uneven paper; where shades prevail, a picture keeps them as dots by error
 * diffusion (Floyd and Steinberg, "An adaptive algorithm for spatial greyscale", 1976).
 * @param ppi pixels per inch where the image is placed
 */
export function blackWhite(image: Pixels, ppi: number): Bitmap {
  const { white, shades } = shadesOf(image)
  const plane = lumaOf(image)
  const { width, height, samples } = plane
  const bits = new Uint8Array(rowBytes(width) * height)
  const dots = openDots(width)
  const pictures = localMeans(shades, Math.max(2, Math.round(pictureInches * ppi)))
  let y = 0
  for (const { means, deviationAt } of localRows(plane, Math.max(2, Math.round(letterInches * ppi)))) {
    const { value: surroundings } = pictures.next()
    for (let x = 0; x < width; x++) {
      const value = samples[y * width + x] ?? 0
      const isPicture = (surroundings?.[x] ?? 0) > pictureShades * 255
      const threshold = (means[x] ?? 0) * (1 + sensitivity * (deviationAt(x) / mostDeviation - 1))
      const isSolid = value < solidPart * white
      const isBlack = isSolid || (isPicture ? dots.isBlack(x, value) : value < threshold)
      if (isBlack) setBlack(bits, y * rowBytes(width), x)
    }
    dots.nextRow()
    y++
  }
  return { width, height, bits }
}

/** A picture in dots, by error diffusion alone. */
export function dotted({ width, height, samples }: Plane): Bitmap {
  const bits = new Uint8Array(rowBytes(width) * height)
  const dots = openDots(width)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      if (dots.isBlack(x, samples[y * width + x] ?? 0)) setBlack(bits, y * rowBytes(width), x)
    dots.nextRow()
  }
  return { width, height, bits }
}

/** A mask in black and white: what is half covered or more is covered. Opaque is 1, as white in an image. */
export function halved({ width, height, samples }: Plane): Bitmap {
  const bits = new Uint8Array(rowBytes(width) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      if ((samples[y * width + x] ?? 0) < 128) setBlack(bits, y * rowBytes(width), x)
  }
  return { width, height, bits }
}

/** Error diffusion from left to right and row by row. */
function openDots(width: number) {
  let [row, below] = [new Float32Array(width + 2), new Float32Array(width + 2)]
  const add = (errors: Float32Array, at: number, error: number) => {
    errors[at] = (errors[at] ?? 0) + error / 16
  }
  return {
    isBlack: (x: number, value: number): boolean => {
      const wanted = value + (row[x + 1] ?? 0)
      const isBlack = wanted < 128
      const error = wanted - (isBlack ? 0 : 255)
      add(row, x + 2, error * 7)
      add(below, x, error * 3)
      add(below, x + 1, error * 5)
      add(below, x + 2, error)
      return isBlack
    },
    nextRow: () => {
      ;[row, below] = [below, row]
      below.fill(0)
    },
  }
}
