import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { predict } from '@pdf-smaller/pdf'
import sharp from 'sharp'
import type { PdfDictionary, PdfValue } from '@pdf-smaller/testing/pdf/values'
import { columns, group4, image, indexed, jbig2, type Kind, kind, rows, waves } from './image-kinds.ts'
import { toLzw } from './lzw.ts'

const rgb = waves(3)
const foretelling: PdfDictionary = { Predictor: 15, Colors: 3, BitsPerComponent: 8, Columns: columns }
const foretold = deflateSync(predict(rgb, { predictor: 15, colors: 3, bits: 8, columns }))

/** Samples as differences to those on their left, as the TIFF predictor has them. */
const differences = (data: Buffer) =>
  data.map((value, at) => (at % (columns * 3) < 3 ? value : value - (data[at - 3] ?? 0)))
const toHex = (data: Uint8Array) => Buffer.from(`${Buffer.from(data).toString('hex')}>`)
/** Runs of one byte each: the longest form of this filter (ISO 32000-1, 7.4.5). */
const toRuns = (data: Buffer) =>
  Buffer.concat([...Array.from(data, (byte) => Buffer.from([0, byte])), Buffer.from([128])])

const packedBy = (name: string, data: Buffer, Filter: PdfValue, DecodeParms?: PdfValue): Kind =>
  kind(name, false, () => image('DeviceRGB', 8, data, { Filter, DecodeParms }))

/** Filters and their parameters, in every shape that readers understand, and in some that they do not. */
const filters: Kind[] = [
  packedBy('no filter', rgb, []),
  packedBy('predictor', foretold, 'FlateDecode', foretelling),
  packedBy('predictor in arrays', foretold, ['FlateDecode'], [foretelling]),
  kind('predictor behind references', false, (writer) => {
    const DecodeParms = writer.add([writer.add(foretelling)])
    return image('DeviceRGB', 8, foretold, { Filter: writer.add([writer.add('FlateDecode')]), DecodeParms })
  }),
  packedBy(
    'predictor behind hexadecimal',
    toHex(foretold),
    ['ASCIIHexDecode', 'FlateDecode'],
    [null, foretelling],
  ),
  packedBy('predictor in another shape than its filter', foretold, 'FlateDecode', [foretelling]),
  packedBy('predictor that there is not', deflateSync(rgb), 'FlateDecode', { ...foretelling, Predictor: 7 }),
  packedBy(
    'predictor of TIFF',
    deflateSync(differences(rgb)),
    ['FlateDecode'],
    [{ ...foretelling, Predictor: 2 }],
  ),
  packedBy('packed twice', deflateSync(deflateSync(rgb)), ['FlateDecode', 'FlateDecode']),
  ...([0, 1] as const).map((EarlyChange) =>
    packedBy(`LZW, early change ${EarlyChange}`, toLzw(rgb, EarlyChange), 'LZWDecode', { EarlyChange }),
  ),
  packedBy(
    'LZW of differences in hexadecimal',
    toHex(toLzw(differences(rgb))),
    ['AHx', 'LZW'],
    [null, { ...foretelling, Predictor: 2 }],
  ),
  packedBy('runs', toRuns(rgb), 'RunLengthDecode'),
  packedBy('too many samples', deflateSync(Buffer.concat([rgb, rgb])), 'FlateDecode'),
  packedBy('too few samples', deflateSync(rgb.subarray(0, 9000)), 'FlateDecode'),
]

const bilevel = (
  name: string,
  data: Buffer,
  Filter: string,
  more: PdfDictionary,
  space: PdfValue = 'DeviceGray',
) => kind(name, true, () => image(space, 1, data, { Filter, ...more }))
const fax = { K: -1, Columns: columns, Rows: rows }

const faxes: Kind[] = [
  bilevel('Group 4', group4(), 'CCITTFaxDecode', { DecodeParms: fax }),
  bilevel('Group 4, black is 1', group4(), 'CCITTFaxDecode', { DecodeParms: { ...fax, BlackIs1: true } }),
  bilevel('Group 4, turned around', group4(), 'CCITTFaxDecode', { DecodeParms: fax, Decode: [1, 0] }),
  bilevel(
    'Group 4 in two colours',
    group4(),
    'CCITTFaxDecode',
    { DecodeParms: fax, Decode: [1, 0] },
    indexed(2),
  ),
  bilevel('Group 4 of other columns', group4(), 'CCITTFaxDecode', {
    DecodeParms: { ...fax, Columns: columns - 8 },
  }),
  bilevel('JBIG2, turned around', jbig2(), 'JBIG2Decode', { Decode: [1, 0] }),
  bilevel('JBIG2 in two colours', jbig2(), 'JBIG2Decode', {}, indexed(2)),
  kind('Group 4 as a stencil', true, () => ({
    dictionary: { ImageMask: true, Decode: [1, 0], Filter: 'CCITTFaxDecode', DecodeParms: fax },
    data: group4(),
  })),
]

const jpegOf = (channels: 1 | 3, space: 'b-w' | 'srgb' | 'cmyk') =>
  sharp(waves(channels), { raw: { width: columns, height: rows, channels } })
    .toColourspace(space)
    .jpeg({ quality: 97, chromaSubsampling: '4:4:4' })
    .toBuffer()

/** A JPEG without its application segments, or with that of Adobe in their place. */
function unmarked(jpeg: Buffer, transform?: number): Buffer {
  let at = 2
  while (jpeg[at] === 0xff && ((jpeg[at + 1] ?? 0) & 0xf0) === 0xe0) at += 2 + jpeg.readUInt16BE(at + 2)
  const adobe = [0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform ?? 0]
  const marker = Buffer.from(transform === undefined ? [] : adobe)
  return Buffer.concat([jpeg.subarray(0, 2), marker, jpeg.subarray(at)])
}

const Filter = 'DCTDecode'
const jpeg = (name: string, space: PdfValue, make: () => Promise<Buffer>, more: PdfDictionary = {}): Kind =>
  kind(name, false, async () => image(space, 8, await make(), { Filter, ...more }))
const colour = () => jpegOf(3, 'srgb')
const inks = () => jpegOf(3, 'cmyk')
const turned = { Decode: [1, 0, 1, 0, 1, 0, 1, 0] }

const jpegs: Kind[] = [
  jpeg('JPEG', 'DeviceRGB', colour),
  jpeg('JPEG, grey and turned around', 'DeviceGray', () => jpegOf(1, 'b-w'), { Decode: [1, 0] }),
  jpeg('JPEG, turned around', 'DeviceRGB', colour, { Decode: [1, 0, 1, 0, 1, 0] }),
  jpeg('JPEG within Flate', 'DeviceRGB', async () => deflateSync(await colour()), {
    Filter: ['FlateDecode', Filter],
  }),
  jpeg('JPEG of other channels', 'DeviceGray', colour),
  jpeg('JPEG cut short', 'DeviceRGB', async () => (await colour()).subarray(0, 1500)),
  ...[undefined, 0, 1].flatMap((ColorTransform) => {
    const [told, DecodeParms] = [
      `ColorTransform ${ColorTransform}`,
      ColorTransform === undefined ? undefined : { ColorTransform },
    ]
    return [
      jpeg(`JPEG, ${told}`, 'DeviceRGB', async () => unmarked(await colour()), { DecodeParms }),
      jpeg(`JPEG of JFIF, ${told}`, 'DeviceRGB', colour, { DecodeParms }),
      ...[0, 1].map((adobe) =>
        jpeg(`JPEG marked ${adobe}, ${told}`, 'DeviceRGB', async () => unmarked(await colour(), adobe), {
          DecodeParms,
        }),
      ),
      jpeg(`JPEG of CMYK, ${told}`, 'DeviceCMYK', async () => unmarked(await inks()), { DecodeParms }),
      jpeg(`JPEG of CMYK marked 2, ${told}`, 'DeviceCMYK', async () => unmarked(await inks(), 2), {
        DecodeParms,
      }),
    ]
  }),
  jpeg('JPEG of CMYK', 'DeviceCMYK', inks),
  jpeg('JPEG of CMYK, turned around', 'DeviceCMYK', inks, turned),
  jpeg('JPEG of CMYK unmarked, turned around', 'DeviceCMYK', async () => unmarked(await inks()), turned),
  kind('JPEG untransformed behind hexadecimal', false, async () =>
    image('DeviceRGB', 8, toHex(unmarked(await colour())), {
      Filter: ['ASCIIHexDecode', Filter],
      DecodeParms: [null, { ColorTransform: 0 }],
    }),
  ),
]

/** JPEG 2000 files of smooth waves, which no tool of the project writes. */
const wavesFile = (name: string) => readFile(path.join(import.meta.dirname, `waves-${name}.jp2`))
const jpx = (name: string, file: 'rgb' | 'grey', entries: PdfDictionary): Kind =>
  kind(`JPEG 2000 ${name}`, false, async () => ({
    dictionary: { Filter: 'JPXDecode', ...entries },
    data: await wavesFile(file),
  }))

const jpxs: Kind[] = [
  jpx('of RGB', 'rgb', { ColorSpace: 'DeviceRGB', BitsPerComponent: 8 }),
  jpx('that brings RGB', 'rgb', {}),
  jpx('that brings grey', 'grey', {}),
  jpx('turned around', 'rgb', { ColorSpace: 'DeviceRGB', BitsPerComponent: 8, Decode: [1, 0, 1, 0, 1, 0] }),
  jpx('of grey, called RGB', 'grey', { ColorSpace: 'DeviceRGB', BitsPerComponent: 8 }),
  jpx('in a table', 'grey', { ColorSpace: indexed(200), BitsPerComponent: 8 }),
]

/** Kinds that differ in how their samples are packed. */
export const codecKinds: readonly Kind[] = [...filters, ...faxes, ...jpegs, ...jpxs]
