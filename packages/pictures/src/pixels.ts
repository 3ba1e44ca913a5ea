import type { Plane } from './ssim.ts'

/** An image as interleaved samples of 8 bits. */
export type Pixels = { width: number; height: number; channels: 1 | 3; samples: Uint8Array }

/** The lightness of an image (Rec. 601, in whole numbers). */
export function lumaOf({ width, height, channels, samples }: Pixels): Plane {
  if (channels === 1) return { width, height, samples }
  const luma = new Uint8Array(width * height)
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    luma[pixel] = (77 * (samples[at] ?? 0) + 150 * (samples[at + 1] ?? 0) + 29 * (samples[at + 2] ?? 0)) >> 8
  }
  return { width, height, samples: luma }
}

/** The lightness of one pixel of an image. */
export function lumaAt({ channels, samples }: Pixels, pixel: number): number {
  if (channels === 1) return samples[pixel] ?? 0
  const at = pixel * 3
  return (77 * (samples[at] ?? 0) + 150 * (samples[at + 1] ?? 0) + 29 * (samples[at + 2] ?? 0)) >> 8
}

/** A rectangle of an image. */
export function cut(image: Pixels, left: number, top: number, width: number, height: number): Uint8Array {
  const { channels, samples } = image
  const result = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * channels
    result.set(samples.subarray(from, from + width * channels), y * width * channels)
  }
  return result
}

/** The image in shades of grey. */
export function greyed(image: Pixels): Pixels {
  return { ...image, channels: 1, samples: lumaOf(image).samples }
}
