import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { undoPredictor } from '@pdf-smaller/pdf'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { encodeLossless, type Encoded } from './lossless.ts'

function picture(channels: 1 | 3, colours: number, width = 61, height = 40): Pixels {
  const samples = Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const pixel = Math.floor(at / channels)
    return (Math.imul((pixel * 31 + (pixel >> 5)) % colours, 37) + (at % channels) * 11) & 255
  })
  return { width, height, channels, samples }
}

/** Reads the samples back as a viewer would, from the entries alone. */
function read({ bytes, entries }: Encoded, { width, height, channels }: Pixels): Uint8Array {
  const bits = Number(entries['/BitsPerComponent'])
  const space = entries['/ColorSpace']
  const indexed = Array.isArray(space)
  const parameters = entries['/DecodeParms'] === undefined ? 1 : 15
  const plain = undoPredictor(inflateSync(bytes), {
    predictor: parameters,
    colors: indexed ? 1 : channels,
    bits,
    columns: width,
  })
  if (!plain || !indexed) return Uint8Array.from(plain ?? [])
  const table = Buffer.from(String(space[3]).slice(2), 'hex')
  const row = Math.ceil((width * bits) / 8)
  return Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const pixel = Math.floor(at / channels)
    const bit = (pixel % width) * bits
    const byte = plain[Math.floor(pixel / width) * row + (bit >> 3)] ?? 0
    const number = (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
    return table[number * channels + (at % channels)] ?? 0
  })
}

describe('encodeLossless', () => {
  it.each([
    [3, 4, 2],
    [3, 16, 4],
    [3, 200, 8],
    [1, 3, 2],
  ] as const)('keeps %i channels of %i colours in %i bits', async (channels, colours, bits) => {
    const image = picture(channels, colours)
    const encoded = await encodeLossless(image, '/Space', true)
    expect(encoded.entries['/BitsPerComponent']).toBe(bits)
    expect(read(encoded, image)).toEqual(image.samples)
  })

  it('keeps more colours than a table holds', async () => {
    const samples = Uint8Array.from({ length: 100 * 100 * 3 }, (_, at) => (at * at) >> 5)
    const image: Pixels = { width: 100, height: 100, channels: 3, samples }
    const encoded = await encodeLossless(image, '/DeviceRGB', true)
    expect(encoded.entries['/ColorSpace']).toBe('/DeviceRGB')
    expect(read(encoded, image)).toEqual(samples)
  })

  it.each([
    ['grey of many levels', picture(1, 200), true],
    ['a soft mask', picture(1, 2), false],
  ])('gives %s no table', async (_, image, mayIndex) => {
    const encoded = await encodeLossless(image, '/DeviceGray', mayIndex)
    expect(encoded.entries).toMatchObject({ '/ColorSpace': '/DeviceGray', '/BitsPerComponent': 8 })
    expect(read(encoded, image)).toEqual(image.samples)
  })

  it('takes JBIG2 for two colours', async () => {
    const { entries } = await encodeLossless(picture(3, 2), '/DeviceRGB', true)
    expect(entries).toMatchObject({ '/Filter': '/JBIG2Decode', '/BitsPerComponent': 1 })
    expect(entries['/ColorSpace']).toMatchObject([
      '/Indexed',
      '/DeviceRGB',
      1,
      expect.stringMatching(/^b:[0-9a-f]{12}$/),
    ])
  })
})
