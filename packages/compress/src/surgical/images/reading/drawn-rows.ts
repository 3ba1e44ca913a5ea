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

/** A picture drawn in another size, of which only some places of a row may be asked for. */
type Enlarging = {
  /** Samples of the row that was moved to, where they are filled in. */
  row: Uint8Array
  moveTo: (y: number) => void
  /** Fills in the pixels from one place to before another. */
  fill: (from: number, to: number) => void
}

function openEnlarging(
  { width: own, height: tall, channels, samples }: Pixels,
  width: number,
  height: number,
) {
  const length = own * channels
  const [across, down] = [between(own, width), between(tall, height)]
  const narrow = new Int32Array(length + channels)
  const row = new Uint8Array(width * channels)
  return {
    row,
    moveTo: (y) => {
      const top = (down.first[y] ?? 0) * length
      const part = down.parts[y] ?? 0
      for (let at = 0; at < length; at++) {
        const above = samples[top + at] ?? 0
        narrow[at] = (above << 8) + (part === 0 ? 0 : ((samples[top + at + length] ?? 0) - above) * part)
      }
    },
    fill: (from, to) => {
      for (let channel = 0; channel < channels; channel++)
        widen(narrow, row, { channels, channel, from, to }, across)
    },
  } satisfies Enlarging
}

/** A picture drawn in another size, interpolated between the nearest samples, as viewers do with one that is enlarged. */
export function enlargedRows(picture: Pixels, width: number, height: number): DrawnRows {
  const { channels, samples } = picture
  const length = picture.width * channels
  if (picture.width === width && picture.height === height)
    return (y) => samples.subarray(y * length, (y + 1) * length)
  const { row, moveTo, fill } = openEnlarging(picture, width, height)
  return (y) => {
    moveTo(y)
    fill(0, width)
    return row
  }
}

type Part = { channels: 1 | 3; channel: number; from: number; to: number }

/** Interpolates one channel of a part of a row; its samples are in 256ths. */
function widen(
  narrow: Int32Array,
  row: Uint8Array,
  { channels, channel, from, to }: Part,
  { first, parts }: { first: Int32Array; parts: Int32Array },
): void {
  for (let x = from, at = from * channels + channel; x < to; x++, at += channels) {
    const place = (first[x] ?? 0) * channels + channel
    const left = narrow[place] ?? 0
    row[at] = (left + ((((narrow[place + channels] ?? 0) - left) * (parts[x] ?? 0)) >> 8) + 128) >> 8
  }
}

/** A page in layers as it is drawn: the paper, and over it the ink where the mask is 1. */
export function layeredRows({ paper, ink, mask }: { paper: Pixels; ink: Pixels; mask: Bitmap }): DrawnRows {
  const { width, height, bits } = mask
  const { channels } = paper
  const [behind, front] = [openEnlarging(paper, width, height), openEnlarging(ink, width, height)]
  const { row } = behind
  const bytes = rowBytes(width)
  return (y) => {
    behind.moveTo(y)
    behind.fill(0, width)
    const start = y * bytes
    let hasInk = false
    for (let index = 0; index < bytes; index++) {
      const byte = bits[start + index] ?? 0
      if (byte === 0) continue
      if (!hasInk) front.moveTo(y)
      hasInk = true
      front.fill(index * 8, Math.min(width, index * 8 + 8))
      cover(row, front.row, byte, index * 8, channels)
    }
    return row
  }
}

/** Copies pixels from a place on: those of which the bit is 1. */
function cover(row: Uint8Array, over: Uint8Array, byte: number, x: number, channels: 1 | 3): void {
  for (let bit = 0; bit < 8; bit++) {
    if ((byte & (128 >> bit)) === 0) continue
    const at = (x + bit) * channels
    for (let channel = at; channel < at + channels; channel++) row[channel] = over[channel] ?? 0
  }
}
