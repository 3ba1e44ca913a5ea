import { type Bitmap, rowBytes } from '@pdf-smaller/pictures/bitmap'
import type { Pixels } from '@pdf-smaller/pictures/pixels'

/** A picture as a viewer draws it, row by row from the top: interleaved samples, good until the next row is asked for. */
export type DrawnRows = (y: number) => Uint8Array

/** For each place of a longer line, the place on a shorter one before it, and the part of the next, in 256ths. */
function between(from: number, to: number): { first: Int32Array; parts: Int32Array } {
  const [first, parts] = [new Int32Array(to), new Int32Array(to)]
  for (let at = 0; at < to; at++) {
    const place = Math.min(from - 1, Math.max(0, ((at + 0.5) * from) / to - 0.5))
    first[at] = Math.min(Math.floor(place), Math.max(0, from - 2))
    parts[at] = from === 1 ? 0 : Math.round((place - (first[at] ?? 0)) * 256)
  }
  return { first, parts }
}

/** A picture drawn in another size, interpolated between the nearest samples, as viewers do with one that is enlarged. */
export function enlargedRows(picture: Pixels, width: number, height: number): DrawnRows {
  const { channels, samples } = picture
  const length = picture.width * channels
  if (picture.width === width && picture.height === height)
    return (y) => samples.subarray(y * length, (y + 1) * length)
  const [across, down] = [between(picture.width, width), between(picture.height, height)]
  const narrow = new Int32Array(length + channels)
  const row = new Uint8Array(width * channels)
  return (y) => {
    const top = (down.first[y] ?? 0) * length
    const part = down.parts[y] ?? 0
    for (let at = 0; at < length; at++) {
      const above = samples[top + at] ?? 0
      narrow[at] = (above << 8) + (part === 0 ? 0 : ((samples[top + at + length] ?? 0) - above) * part)
    }
    for (let channel = 0; channel < channels; channel++) widen(narrow, row, channels, channel, across)
    return row
  }
}

/** Interpolates one channel of a row; its samples are in 256ths. */
function widen(
  narrow: Int32Array,
  row: Uint8Array,
  channels: 1 | 3,
  channel: number,
  { first, parts }: { first: Int32Array; parts: Int32Array },
): void {
  for (let x = 0, at = channel; x < first.length; x++, at += channels) {
    const from = (first[x] ?? 0) * channels + channel
    const left = narrow[from] ?? 0
    row[at] = (left + ((((narrow[from + channels] ?? 0) - left) * (parts[x] ?? 0)) >> 8) + 128) >> 8
  }
}

/** A page in layers as it is drawn: the paper, and over it the ink where the mask is 1. */
export function layeredRows({ paper, ink, mask }: { paper: Pixels; ink: Pixels; mask: Bitmap }): DrawnRows {
  const { width, height, bits } = mask
  const { channels } = paper
  const [behind, front] = [enlargedRows(paper, width, height), enlargedRows(ink, width, height)]
  const row = new Uint8Array(width * channels)
  const bytes = rowBytes(width)
  return (y) => {
    row.set(behind(y))
    const start = y * bytes
    let over: Uint8Array | undefined
    for (let index = 0; index < bytes; index++) {
      const byte = bits[start + index] ?? 0
      if (byte === 0) continue
      over ??= front(y)
      for (let bit = 0; bit < 8; bit++) {
        if ((byte & (128 >> bit)) === 0) continue
        const at = (index * 8 + bit) * channels
        for (let channel = at; channel < at + channels; channel++) row[channel] = over[channel] ?? 0
      }
    }
    return row
  }
}
