import { deflateSync } from 'node:zlib'
import { assert, asyncProperty, constantFrom } from '@pdf-smaller/testing/properties'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { bytes, type PdfValue } from '@pdf-smaller/testing/pdf/values'
import type { PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { difference, drawn } from '../../../testing/carried.ts'
import { compressBytes } from '../../../testing/context.ts'
import {
  flate,
  height,
  image,
  type Made,
  mask,
  pageWith,
  samples,
  width,
} from '../../../testing/image-page.ts'
import { predict } from '@pdf-smaller/pdf'

/** Blots of all sizes, 0 to 1. */
const blots = (x: number, y: number) =>
  (Math.sin(x / 5 + Math.sin(y / 9)) + Math.sin(y / 7) + Math.sin((x + 2 * y) / 23) + 3) / 6
const isBlack = (x: number, y: number) => (blots(x, y) > 0.5 ? 1 : 0)
/** The same in so many steps, as parts of what `bits` hold. */
const few = (colours: number, bits: number) => (x: number, y: number) =>
  Math.min(colours - 1, Math.floor(blots(x, y) * colours)) / (2 ** bits - 1)
const table = (colours: number) =>
  Buffer.from(Array.from({ length: colours * 3 }, (_, at) => Math.imul(at * 7 + 3, 40_503) & 255))
const indexed = (colours: number, lookup: PdfValue): PdfValue => ['Indexed', 'DeviceRGB', colours - 1, lookup]
const curve = { FunctionType: 2, Domain: [0, 1], C0: [1, 1, 1], C1: [0.1, 0.2, 0.7], N: 1 }
const jpeg = async (channels: 1 | 3, space: 'b-w' | 'srgb' | 'cmyk') =>
  sharp(samples(channels, 8), { raw: { width, height, channels } })
    .toColourspace(space)
    .jpeg({ quality: 97 })
    .toBuffer()

function predicted(): Made {
  const parameters = { Predictor: 15, Colors: 3, BitsPerComponent: 8, Columns: width }
  const data = predict(samples(3, 8), { predictor: 15, colors: 3, bits: 8, columns: width })
  return flate(image('DeviceRGB', 8, data, { DecodeParms: parameters }))
}

const stencil = (writer: PdfWriter) => {
  const cut = { Type: 'XObject', Subtype: 'Image', Width: width, Height: height, ImageMask: true }
  return writer.addStream(cut, samples(1, 1, isBlack))
}

/** Runs of one byte each: the longest form of this filter (ISO 32000-1, 7.4.5). */
const runs = (data: Buffer) =>
  Buffer.concat(Array.from(data, (byte) => Buffer.from([0, byte])).concat(Buffer.from([128])))

const kinds: Record<string, (writer: PdfWriter) => Made | Promise<Made>> = {
  'raw RGB': () => image('DeviceRGB', 8, samples(3, 8)),
  'grey, packed': () => flate(image('DeviceGray', 8, samples(1, 8))),
  'grey, inverted by Decode': () => flate(image('DeviceGray', 8, samples(1, 8), { Decode: [1, 0] })),
  'RGB with a predictor': predicted,
  'RGB packed twice': () => {
    const data = deflateSync(deflateSync(samples(3, 8)))
    return image('DeviceRGB', 8, data, { Filter: ['FlateDecode', 'FlateDecode'] })
  },
  'RGB in hexadecimal': () => {
    const data = Buffer.from(`${samples(3, 8).toString('hex')}>`)
    return image('DeviceRGB', 8, data, { Filter: 'ASCIIHexDecode' })
  },
  'grey in runs': () => image('DeviceGray', 8, runs(samples(1, 8)), { Filter: 'RunLengthDecode' }),
  'grey in 16 bits': () => flate(image('DeviceGray', 16, samples(1, 16))),
  'grey in 4 bits': () => flate(image('DeviceGray', 4, samples(1, 4))),
  'table of 256 colours': () => flate(image(indexed(256, bytes(table(256))), 8, samples(1, 8, few(256, 8)))),
  'table of 16 colours in 8 bits': () =>
    flate(image(indexed(16, bytes(table(256))), 8, samples(1, 8, few(16, 8)))),
  'table of 16 colours': () => flate(image(indexed(16, bytes(table(16))), 4, samples(1, 4, few(16, 4)))),
  'table in a stream': (writer) => {
    const lookup = writer.addStream({}, table(256))
    return flate(image(indexed(256, lookup), 8, samples(1, 8)))
  },
  'table of 2 colours': () => flate(image(indexed(2, bytes(table(2))), 1, samples(1, 1, isBlack))),
  'black and white': () => flate(image('DeviceGray', 1, samples(1, 1, isBlack))),
  'black and white, inverted by Decode': () =>
    flate(image('DeviceGray', 1, samples(1, 1, isBlack), { Decode: [1, 0] })),
  stencil: () => flate({ dictionary: { ImageMask: true }, data: samples(1, 1, isBlack) }),
  'stencil, inverted by Decode': () =>
    flate({ dictionary: { ImageMask: true, Decode: [1, 0] }, data: samples(1, 1, isBlack) }),
  'calibrated RGB': () => {
    const space: PdfValue = ['CalRGB', { WhitePoint: [0.95, 1, 1.09], Gamma: [2.2, 2.2, 2.2] }]
    return flate(image(space, 8, samples(3, 8)))
  },
  Lab: () =>
    flate(image(['Lab', { WhitePoint: [0.95, 1, 1.09], Range: [-100, 100, -100, 100] }], 8, samples(3, 8))),
  'one spot colour': () => flate(image(['Separation', 'Spot', 'DeviceRGB', curve], 8, samples(1, 8))),
  CMYK: () => flate(image('DeviceCMYK', 8, samples(4, 8))),
  'JPEG, grey': async () => image('DeviceGray', 8, await jpeg(1, 'b-w'), { Filter: 'DCTDecode' }),
  'JPEG, RGB': async () => image('DeviceRGB', 8, await jpeg(3, 'srgb'), { Filter: 'DCTDecode' }),
  'JPEG, packed once more': async () => {
    const data = deflateSync(await jpeg(3, 'srgb'))
    return image('DeviceRGB', 8, data, { Filter: ['FlateDecode', 'DCTDecode'] })
  },
  'JPEG, CMYK': async () =>
    image('DeviceCMYK', 8, await jpeg(3, 'cmyk'), { Filter: 'DCTDecode', Decode: [1, 0, 1, 0, 1, 0, 1, 0] }),
  'RGB with a soft mask of its own resolution': (writer) =>
    flate(image('DeviceRGB', 8, samples(3, 8), { SMask: mask(writer) })),
  'RGB, multiplied with its soft mask': (writer) => {
    const SMask = mask(writer, { Width: width, Height: height, Matte: [0, 0, 0] })
    return flate(image('DeviceRGB', 8, samples(3, 8), { SMask }))
  },
  'RGB with a stencil as its mask': (writer) =>
    flate(image('DeviceRGB', 8, samples(3, 8), { Mask: stencil(writer) })),
  'RGB masked by colour': () =>
    flate(image('DeviceRGB', 8, samples(3, 8), { Mask: [90, 140, 0, 255, 0, 255] })),
  'RGB with its alternatives named': () =>
    flate(image('DeviceRGB', 8, samples(3, 8), { Intent: 'Perceptual', Alternates: [], Name: 'I' })),
}

/** Kinds whose samples must stay as they are, cannot be read, or are hardly shorter in any other form. */
const leftAlone = new Set([
  'Lab',
  'JPEG, grey',
  'RGB masked by colour',
  'grey in 4 bits',
  'table in a stream',
  'table of 16 colours',
  'table of 256 colours',
])

describe('an image', () => {
  it.each(Object.entries(kinds))('%s looks the same and is no larger', async (kind, make) => {
    const { input, output, result } = await compressBytes(await pageWith(make), { level: 'high' })
    const [before, after] = await Promise.all([drawn(input, 1), drawn(output, 1)])
    expect(difference(before, after)).toBeLessThan(3)
    expect(output.length).toBeLessThanOrEqual(input.length)
    if (!leftAlone.has(kind)) expect(result.ratio).toBeLessThan(0.95)
  })

  it('looks the same whatever its kind, mask, turn and level', async () => {
    const masks = {
      none: () => ({}),
      soft: (writer: PdfWriter) => ({ SMask: mask(writer) }),
      stencil: (writer: PdfWriter) => ({ Mask: stencil(writer) }),
      colour: () => ({ Mask: [0, 0, 0, 0, 0, 0, 0, 0] }),
    }
    type MaskKind = keyof typeof masks
    const unmasked = Object.keys(kinds).filter((kind) => !/mask|stencil/.test(kind))
    await assert(
      asyncProperty(
        constantFrom(...unmasked),
        constantFrom<MaskKind>('none', 'soft', 'stencil', 'colour'),
        constantFrom(0, 90, 180, 270),
        constantFrom('low', 'medium', 'high'),
        async (kind, maskKind, Rotate, level) => {
          const pdf = await pageWith(
            async (writer) => {
              const made = (await kinds[kind]?.(writer)) ?? image('DeviceGray', 8, samples(1, 8))
              return { ...made, dictionary: { ...made.dictionary, ...masks[maskKind](writer) } }
            },
            { Rotate },
          )
          const { input, output } = await compressBytes(pdf, { level })
          const [before, after] = await Promise.all([drawn(input, 1), drawn(output, 1)])
          expect(difference(before, after)).toBeLessThan(3)
          expect(output.length).toBeLessThanOrEqual(input.length)
        },
      ),
      { numRuns: 12 },
    )
  }, 180_000)
})
