import { bytes, type PdfValue } from '@pdf-smaller/testing/pdf/values'
import { srgbProfile } from '@pdf-smaller/pdf/srgb'
import { codecKinds } from './image-codecs.ts'
import {
  areas,
  columns,
  flate,
  image,
  inColours,
  indexed,
  type Kind,
  kind,
  packed,
  rows,
  smooth,
  table,
  waves,
} from './image-kinds.ts'

const white = { WhitePoint: [0.95, 1, 1.09] }
const calibrated: PdfValue = ['CalRGB', { ...white, Gamma: [2.2, 2.2, 2.2] }]
const lab: PdfValue = ['Lab', { ...white, Range: [-100, 100, -100, 100] }]
const tint = { FunctionType: 2, Domain: [0, 1], C0: [1, 1, 1], C1: [0.1, 0.2, 0.7], N: 1 }
const spot: PdfValue = ['Separation', 'Spot', 'DeviceRGB', tint]
const slope = Buffer.from(Array.from({ length: columns * rows }, (_, at) => (at % columns) * 2.5))

/** Decode beside samples that are amounts, for so many channels. */
const decodes = (channels: number): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries({ 'that says nothing': [0, 1], 'turned around': [1, 0], 'to a part': [0.25, 0.75] }).map(
      ([name, range]) => [name, Array.from({ length: channels }, () => range).flat()],
    ),
  )

/** Grey and RGB of all depths, each with every Decode. */
const depths: Kind[] = [1, 2, 4, 8, 16].flatMap((bits) =>
  (['DeviceGray', 'DeviceRGB'] as const).flatMap((space) => {
    const channels = space === 'DeviceGray' ? 1 : 3
    return Object.entries({ usual: undefined, ...decodes(channels) }).map(([name, Decode]) => {
      const data =
        bits === 1
          ? packed(channels, 1, (x, y, channel) => areas(2)(x + channel * 9, y))
          : waves(channels, bits)
      return kind(`${space} of ${bits} bits, Decode ${name}`, bits === 1, () =>
        image(space, bits, data, { Decode }),
      )
    })
  }),
)

/** Tables of colours of all depths, each with every Decode. */
const tables: Kind[] = (
  [
    [1, 2],
    [2, 4],
    [4, 10],
    [4, 16],
    [8, 10],
    [8, 200],
  ] as const
).flatMap(([bits, colours]) => {
  const most = 2 ** bits - 1
  const decodings: Record<string, number[] | undefined> = {
    usual: undefined,
    'that says nothing': [0, most],
    'turned around': [most, 0],
    'to a part': [0, most / 2],
    'between colours': [0.4, most - 0.3],
    'beyond the table': [0, most * 2],
  }
  return Object.entries(decodings).map(([name, Decode]) => {
    const data = packed(1, bits, areas(colours))
    return kind(`${colours} colours in ${bits} bits, Decode ${name}`, colours <= 10, () =>
      image(indexed(colours), bits, data, { Decode }),
    )
  })
})

const few = (space: PdfValue, channels: number) => image(space, 8, inColours(12, channels))

/** Colour spaces, each with many colours and with few. */
const spaces: Kind[] = [
  kind('CMYK', false, () => image('DeviceCMYK', 8, waves(4))),
  kind('CMYK, turned around', false, () =>
    image('DeviceCMYK', 8, waves(4), { Decode: [1, 0, 1, 0, 1, 0, 1, 0] }),
  ),
  kind('CMYK in parts', false, () =>
    image('DeviceCMYK', 8, waves(4), { Decode: [1, 0, 0, 1, 0.2, 1, 0, 0.5] }),
  ),
  kind('calibrated RGB', false, () => image(calibrated, 8, waves(3))),
  kind('calibrated RGB of few colours', false, () => few(calibrated, 3)),
  kind('calibrated RGB, turned around', true, () =>
    image(calibrated, 8, waves(3), { Decode: [1, 0, 1, 0, 1, 0] }),
  ),
  kind('table of calibrated RGB', true, () =>
    image(indexed(12, undefined, calibrated), 8, packed(1, 8, areas(12))),
  ),
  kind('calibrated grey', false, () =>
    image(['CalGray', { ...white, Gamma: 1.8 }], 8, waves(1), { Decode: [1, 0] }),
  ),
  kind('Lab', true, () => image(lab, 8, waves(3))),
  kind('Lab with its own Decode', true, () =>
    image(lab, 8, waves(3), { Decode: [0, 100, -100, 100, -100, 100] }),
  ),
  kind('spot colour', false, () => image(spot, 8, waves(1))),
  kind('spot colour, turned around', false, () => image(spot, 8, waves(1), { Decode: [1, 0] })),
  kind('table of a spot colour', false, () =>
    image(indexed(12, bytes(table(12, 1)), spot), 8, packed(1, 8, areas(12))),
  ),
  ...[3, 1, 4].map((N) =>
    kind(`profile of RGB with ${N} components`, N !== 3, (writer) =>
      image(['ICCBased', writer.addStream({ N }, srgbProfile())], 8, waves(N)),
    ),
  ),
  kind('profile whose alternate is grey', true, (writer) =>
    image(['ICCBased', writer.addStream({ N: 3, Alternate: 'DeviceGray' }, srgbProfile())], 8, waves(3)),
  ),
  kind('table of a profile', true, (writer) =>
    image(
      indexed(12, undefined, ['ICCBased', writer.addStream({ N: 3 }, srgbProfile())]),
      8,
      packed(1, 8, areas(12)),
    ),
  ),
  kind('table in a stream', true, (writer) =>
    image(indexed(12, writer.addStream({}, table(12))), 8, packed(1, 8, areas(12))),
  ),
  kind('table that is too long', true, () =>
    image(indexed(12, bytes(table(20))), 8, packed(1, 8, areas(12))),
  ),
  kind('table that is too short', true, () =>
    image(indexed(12, bytes(table(7))), 8, packed(1, 8, areas(12))),
  ),
  kind('numbers beyond the table', true, () => image(indexed(7), 8, packed(1, 8, areas(12)))),
  kind('size and Decode behind references', true, (writer) =>
    image(indexed(12, writer.add(bytes(table(12)))), 8, packed(1, 8, areas(12)), {
      Width: writer.add(columns),
      Height: writer.add(rows),
      Decode: writer.add([writer.add(0), 255]),
    }),
  ),
]

const twoColours = packed(1, 1, areas(2))
const stencil = (Decode?: number[]) => ({
  Type: 'XObject',
  Subtype: 'Image',
  Width: columns,
  Height: rows,
  ImageMask: true,
  Decode,
})
const grey = {
  Type: 'XObject',
  Subtype: 'Image',
  Width: columns,
  Height: rows,
  ColorSpace: 'DeviceGray',
  BitsPerComponent: 8,
}

/** What masks, and what mixes with its mask. */
const masks: Kind[] = [
  ...[undefined, [0, 1], [1, 0]].map((Decode) =>
    kind(`stencil, Decode ${String(Decode)}`, true, () => ({
      dictionary: { ImageMask: true, Decode },
      data: twoColours,
    })),
  ),
  ...[undefined, [1, 0]].map((Decode) =>
    kind(`masked by a stencil, Decode ${String(Decode)}`, false, (writer) =>
      image('DeviceRGB', 8, waves(3), {
        Mask: writer.addStream(stencil(Decode), twoColours, { compress: false }),
      }),
    ),
  ),
  ...[undefined, [1, 0], [0.2, 0.6]].map((Decode) =>
    kind(`soft mask, Decode ${String(Decode)}`, false, (writer) =>
      image('DeviceRGB', 8, waves(3), {
        SMask: writer.addStream({ ...grey, Decode }, slope, { compress: false }),
      }),
    ),
  ),
  kind('mixed with its soft mask', false, (writer) =>
    image('DeviceRGB', 8, waves(3), { SMask: writer.addStream({ ...grey, Matte: [0, 0, 0] }, slope) }),
  ),
  kind('masked by colour', true, () => image('DeviceRGB', 8, waves(3), { Mask: [0, 120, 0, 255, 0, 255] })),
  kind('table masked by number', true, () =>
    image(indexed(12), 8, packed(1, 8, areas(12)), { Mask: [3, 5] }),
  ),
  kind('intent', true, () =>
    flate({
      ...few('DeviceRGB', 3),
      dictionary: { ...few('DeviceRGB', 3).dictionary, Intent: 'Perceptual' },
    }),
  ),
  kind('smooth grey', false, () =>
    image(
      'DeviceGray',
      8,
      packed(1, 8, (x, y) => Math.round(255 * smooth(x, y))),
    ),
  ),
]

/** Every kind of image that a document may hold, as far as it changes what samples mean. */
export const imageTable: readonly Kind[] = [...depths, ...tables, ...spaces, ...masks, ...codecKinds]
