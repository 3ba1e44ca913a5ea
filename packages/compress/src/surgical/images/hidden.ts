import type { Pixels } from '@pdf-smaller/pictures/pixels'

/**
 * A picture in which the pixels that nobody sees have the mean colour of those around them, so that they cost little and
 * bleed into none that is seen. It is sought in ever coarser pictures (a pull-push pyramid: Grossman, Dally 1998).
 * @param isKnown 1 for each pixel that is seen, else 0
 */
export function spread(picture: Pixels, isKnown: Uint8Array): Pixels {
  const { width, height, channels } = picture
  if (!isKnown.includes(0) || !isKnown.includes(1)) return picture
  const coarse = halved(picture, isKnown)
  const behind = spread(coarse.picture, coarse.isKnown)
  const samples = Uint8Array.from(picture.samples)
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (isKnown[pixel] === 1) continue
      const from = ((y >> 1) * behind.width + (x >> 1)) * channels
      for (let channel = 0; channel < channels; channel++)
        samples[pixel * channels + channel] = behind.samples[from + channel] ?? 0
    }
  }
  return { ...picture, samples }
}

/** The picture in half its size, by the mean of what is seen of each four pixels. */
function halved({ width, height, channels, samples }: Pixels, isKnown: Uint8Array) {
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const sums = new Float64Array(across * down * channels)
  const counts = new Uint8Array(across * down)
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (isKnown[pixel] !== 1) continue
      const to = (y >> 1) * across + (x >> 1)
      counts[to] = (counts[to] ?? 0) + 1
      for (let channel = 0; channel < channels; channel++) {
        const at = to * channels + channel
        sums[at] = (sums[at] ?? 0) + (samples[pixel * channels + channel] ?? 0)
      }
    }
  }
  const means = Uint8Array.from(sums, (sum, at) => Math.round(sum / (counts[Math.floor(at / channels)] || 1)))
  const picture: Pixels = { width: across, height: down, channels, samples: means }
  return { picture, isKnown: counts.map((count) => (count > 0 ? 1 : 0)) }
}
