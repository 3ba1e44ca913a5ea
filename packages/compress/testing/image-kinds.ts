import { deflateSync } from 'node:zlib'
import { bytes, type PdfDictionary, type PdfValue } from '@pdf-smaller/testing/pdf/values'
import type { PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { rowBytes, setBlack } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import { encodeGroup4 } from '@pdf-smaller/testing/pdf/ccitt'

/** All images of the table have so many pixels. */
export const [columns, rows] = [96, 64]

/** An image as it stands in a document, besides its size. */
export type Image = { dictionary: PdfDictionary; data: Buffer }

/**
 * A kind of image. `exact` ones show so few colours that every level keeps them as they are; others are smooth, so that
 * a level that loses something loses little.
 */
export type Kind = { name: string; exact: boolean; make: (writer: PdfWriter) => Image | Promise<Image> }

/** Smooth waves, other ones for each channel, 0 to 1. */
export const smooth = (x: number, y: number, channel = 0): number =>
  0.5 + 0.4 * Math.sin((x * (1 + channel * 0.5) + y * (2 - channel * 0.4)) / 23 + channel * 2)

/** So many areas of even colour, by number; two have ragged edges, which no codec makes very small. */
export const areas = (count: number) => (x: number, y: number) => {
  const ragged = count === 2 ? Math.imul(x * 131 + y * 7919, 2_654_435_761) >>> 29 : 0
  const height = (Math.sin((x + ragged) / 9) + Math.sin((y + ragged / 2) / 7) + 2) / 4
  return Math.min(count - 1, Math.floor(height * count))
}

/** Samples of so many bits in rows of whole bytes; `sample` gives numbers up to the highest. */
export function packed(
  channels: number,
  bits: number,
  sample: (x: number, y: number, channel: number) => number,
): Buffer {
  const row = Math.ceil((columns * channels * bits) / 8)
  const data = Buffer.alloc(row * rows)
  for (let y = 0; y < rows; y++) {
    for (let at = 0; at < columns * channels; at++) {
      const value = sample(Math.floor(at / channels), y, at % channels)
      const byte = y * row + ((at * bits) >> 3)
      if (bits === 16) data.writeUInt16BE(value, byte)
      else data[byte] = (data[byte] ?? 0) | (value << (8 - bits - ((at * bits) & 7)))
    }
  }
  return data
}

/** Smooth samples of so many bits. */
export const waves = (channels: number, bits = 8) =>
  packed(channels, bits, (x, y, channel) => Math.round(smooth(x, y, channel) * (2 ** bits - 1)))

/** A table of so many colours, each near those beside it. */
export const table = (colours: number, channels = 3) =>
  Buffer.from(
    Array.from({ length: colours * channels }, (_, at) => {
      const [colour, channel] = [Math.floor(at / channels), at % channels]
      return 30 + Math.floor((colour * (170 - channel * 60)) / colours) + channel * 23
    }),
  )

/** Samples with the colours of a table. */
export const inColours = (colours: number, channels = 3) => {
  const own = table(colours, channels)
  const numbers = areas(colours)
  return packed(channels, 8, (x, y, channel) => own[numbers(x, y) * channels + channel] ?? 0)
}

export const indexed = (
  colours: number,
  lookup: PdfValue = bytes(table(colours)),
  base: PdfValue = 'DeviceRGB',
) => ['Indexed', base, colours - 1, lookup]

export const image = (space: PdfValue, bits: number, data: Buffer, more: PdfDictionary = {}): Image => ({
  dictionary: { ColorSpace: space, BitsPerComponent: bits, ...more },
  data,
})

export const flate = ({ dictionary, data }: Image): Image => ({
  dictionary: { ...dictionary, Filter: 'FlateDecode' },
  data: deflateSync(data, { level: 1 }),
})

/** The areas of two colours as a bitmap; 1 is black. */
function twoAreas() {
  const bits = new Uint8Array(rowBytes(columns) * rows)
  const numbers = areas(2)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) if (numbers(x, y) === 1) setBlack(bits, y * rowBytes(columns), x)
  return { width: columns, height: rows, bits }
}

/** The same under Group 4 and under JBIG2. */
export const group4 = () => {
  const numbers = areas(2)
  const pixels = Uint8Array.from({ length: columns * rows }, (_, at) =>
    numbers(at % columns, Math.floor(at / columns)),
  )
  return encodeGroup4({ width: columns, height: rows, pixels })
}
export const jbig2 = () => encodeJbig2(twoAreas())

export const kind = (name: string, exact: boolean, make: Kind['make']): Kind => ({ name, exact, make })
