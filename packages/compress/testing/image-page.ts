import { deflateSync } from 'node:zlib'
import type { PdfDictionary, PdfValue } from '@pdf-smaller/testing/pdf/values'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'

export const [width, height] = [320, 240]

/** An image that is to stand on a page: its dictionary besides its size, and its bytes. */
export type Made = { dictionary: PdfDictionary; data: Buffer }

/** A picture with slopes, an edge and a bit of grain: 0 to 1 for each of its channels. */
export function scene(x: number, y: number, channel: number): number {
  const disc = (x - 160) ** 2 + (y - 120) ** 2 < 70 ** 2 ? 0.35 : 0
  const grain = ((Math.imul(x * 131 + y * 7919 + channel, 2_654_435_761) >>> 9) % 16) / 400
  return Math.min(1, (x / width) * 0.4 + (y / height) * 0.1 * ((channel % 3) + 1) + disc + grain)
}

/** Samples of so many bits, in rows of whole bytes. */
export function samples(channels: number, bits: number, sample = scene): Buffer {
  const row = Math.ceil((width * channels * bits) / 8)
  const data = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    for (let at = 0; at < width * channels; at++) {
      const value = Math.round(sample(Math.floor(at / channels), y, at % channels) * (2 ** bits - 1))
      const byte = y * row + ((at * bits) >> 3)
      if (bits === 16) data.writeUInt16BE(value, byte)
      else data[byte] = (data[byte] ?? 0) | (value << (8 - bits - ((at * bits) & 7)))
    }
  }
  return data
}

export const image = (space: PdfValue, bits: number, data: Buffer, more: PdfDictionary = {}): Made => ({
  dictionary: { ColorSpace: space, BitsPerComponent: bits, ...more },
  data,
})

export const flate = ({ dictionary, data }: Made): Made => ({
  dictionary: { ...dictionary, Filter: 'FlateDecode' },
  data: deflateSync(data),
})

/** A document with the image in the middle of its page, over a coloured ground. */
export async function pageWith(
  make: (writer: PdfWriter) => Made | Promise<Made>,
  more: PdfDictionary = {},
): Promise<Buffer> {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const { dictionary, data } = await make(writer)
  const picture = { Type: 'XObject', Subtype: 'Image', Width: width, Height: height, ...dictionary }
  const I = writer.addStream(picture, data, { compress: false })
  const ground = '0.9 1 0.8 rg 0 0 300 200 re f 0.6 0 0 rg'
  const Contents = writer.addStream({}, `${ground} q 200 0 0 150 50 25 cm /I Do Q`)
  const Resources = { XObject: { I } }
  const own = { Type: 'Page', Parent: tree, MediaBox: [0, 0, 300, 200], Contents, Resources }
  const page = writer.add({ ...own, ...more })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}

/** A mask with a slope from left to right, in a resolution of its own. */
export function mask(writer: PdfWriter, more: PdfDictionary = {}) {
  const size = { Width: 500, Height: 400 }
  const slope = Buffer.from(Array.from({ length: 200_000 }, (_, at) => ((at % 500) + (at >> 11)) >> 1))
  const grey = { Type: 'XObject', Subtype: 'Image', ColorSpace: 'DeviceGray', BitsPerComponent: 8 }
  return writer.addStream({ ...grey, ...size, ...more }, slope)
}
