import { type Bitmap, rowBytes } from '@pdf-smaller/pictures/bitmap'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { levelsOf, placesOf, type Ranges } from './decode-array.ts'
import type { Space } from './space.ts'

/** Samples as they are stored: rows of whole bytes, the highest bits first. */
export type Samples = { width: number; height: number; bits: number; components: number; data: Uint8Array }

/**
 * What an image shows, in a form that needs no Decode: `space` is the colour space in which it is to be understood.
 * A bitmap of a stencil has black where paint goes through, and no space.
 */
export type Content =
  | { kind: 'bitmap'; bitmap: Bitmap; space: unknown }
  | { kind: 'pixels'; pixels: Pixels; space: unknown }
  /** Amounts of the four colours of print, four bytes to a pixel. */
  | { kind: 'inks'; width: number; height: number; samples: Uint8Array; space: unknown }

/** What samples mean; undefined where they do not stand for colours of their space. */
export function contentOf(samples: Samples, space: Space, ranges: Ranges): Content | undefined {
  return bitmapIn(samples, space, ranges) ?? inColours(samples, space, ranges)
}

/** An image of one bit, if it means no more than its two colours in one order or the other. */
function bitmapIn(samples: Samples, space: Space, ranges: Ranges): Content | undefined {
  const { width, height, bits, components, data } = samples
  if (bits !== 1 || components !== 1) return undefined
  const order = ranges === 'usual' ? '0,1' : String(ranges[0])
  const isTold = order === '0,1' || order === '1,0'
  if (!isTold || (space.kind === 'indexed' && space.colours < 2)) return undefined
  const own = data.subarray(0, rowBytes(width) * height)
  // A document has black as 0, a bitmap as 1.
  const bitmap = { width, height, bits: order === '0,1' ? own.map((byte) => ~byte) : own }
  return { kind: 'bitmap', bitmap, space: 'value' in space ? space.value : undefined }
}

function inColours(samples: Samples, space: Space, ranges: Ranges): Content | undefined {
  const { width, height, components } = samples
  switch (space.kind) {
    case 'indexed': {
      const colours = coloursOf(samples, space, placesOf(ranges, samples.bits, space.colours))
      return colours && pixelsOf(width, height, space.components, colours, space.base)
    }
    case 'direct': {
      if (components !== space.components) return undefined
      const levels = levelsIn(samples, ranges)
      return space.components === 4
        ? { kind: 'inks', width, height, samples: levels, space: space.value }
        : pixelsOf(width, height, space.components, levels, space.value)
    }
    case 'brought':
      return pixelsOf(
        width,
        height,
        space.components,
        levelsIn(samples, ranges),
        space.components === 1 ? '/DeviceGray' : '/DeviceRGB',
      )
    case 'stencil':
    case 'drawn':
      return undefined
  }
  return space satisfies never
}

const pixelsOf = (
  width: number,
  height: number,
  channels: 1 | 3,
  samples: Uint8Array,
  space: unknown,
): Content => ({ kind: 'pixels', pixels: { width, height, channels, samples }, space })

/** One byte to a sample: the levels of 255 that they stand for. */
function levelsIn(samples: Samples, ranges: Ranges): Uint8Array {
  const numbers = numbersIn(samples)
  if (ranges === 'usual' && samples.bits >= 8) return numbers
  const tables = levelsOf(ranges, samples.bits)
  const { components } = samples
  const [only] = tables
  if (tables.length === 1 && only) return numbers.map((number) => only[number] ?? 0)
  return numbers.map((number, at) => tables[at % components]?.[number] ?? 0)
}

/** The colours behind the numbers of an indexed image; undefined where one has no colour. */
function coloursOf(
  samples: Samples,
  { table, components }: Extract<Space, { kind: 'indexed' }>,
  places: Int16Array,
): Uint8Array | undefined {
  const numbers = numbersIn(samples)
  const colours = new Uint8Array(numbers.length * components)
  let at = 0
  for (const number of numbers) {
    const place = places[number] ?? -1
    if (place < 0) return undefined
    for (let channel = 0; channel < components; channel++)
      colours[at++] = table[place * components + channel] ?? 0
  }
  return colours
}

/** One byte to a sample; of 16 bits the upper 8, as renderers take them. */
function numbersIn({ width, height, bits, components, data }: Samples): Uint8Array {
  const columns = width * components
  if (bits === 8) return data.subarray(0, columns * height)
  const row = Math.ceil((columns * bits) / 8)
  const numbers = new Uint8Array(columns * height)
  const mask = (1 << Math.min(8, bits)) - 1
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < columns; x++) {
      const bit = x * bits
      const byte = data[y * row + (bit >> 3)] ?? 0
      numbers[to++] = bits === 16 ? byte : (byte >> (8 - bits - (bit & 7))) & mask
    }
  }
  return numbers
}
