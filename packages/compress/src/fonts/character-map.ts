import { viewOf } from '@pdf-smaller/pdf/sfnt'

/** A table that tells glyphs by codes: of which platform and encoding, and its pairs. */
export type CharacterMap = {
  platform: number
  encoding: number
  pairs: Iterable<readonly [code: number, glyph: number]>
}

/** No map of use says more, and no font of use has more maps. */
const [mostPairs, mostMaps] = [200_000, 24]

/**
 * The maps of a font (OpenType specification, table cmap).
 * @returns undefined where one has a form that is not known, or there are too many to be read
 * @throws RangeError on a broken table
 */
export function characterMaps(cmap: Uint8Array): CharacterMap[] | undefined {
  const view = viewOf(cmap)
  const maps: CharacterMap[] = []
  const count = view.getUint16(2)
  if (count > mostMaps) return undefined
  for (let index = 0; index < count; index++) {
    const record = 4 + index * 8
    const at = view.getUint32(record + 4)
    const read = readers[view.getUint16(at)]
    if (!read) return undefined
    maps.push({
      platform: view.getUint16(record),
      encoding: view.getUint16(record + 2),
      pairs: bounded(read(new DataView(view.buffer, view.byteOffset + at, cmap.length - at))),
    })
  }
  return maps
}

type Pairs = Generator<readonly [code: number, glyph: number], void>

function* bounded(pairs: Pairs): Pairs {
  let left = mostPairs
  for (const pair of pairs) {
    if (left-- === 0) throw new RangeError('there is no end to a character map')
    yield pair
  }
}

/** By the number of the format. */
const readers: Readonly<Record<number, (view: DataView) => Pairs>> = {
  0: function* (view) {
    for (let code = 0; code < 256; code++) yield [code, view.getUint8(6 + code)]
  },
  4: function* (view) {
    const double = view.getUint16(6)
    for (let at = 0; at < double; at += 2) {
      const [to, from] = [view.getUint16(14 + at), view.getUint16(16 + double + at)]
      const delta = view.getUint16(16 + double * 2 + at)
      const rangeAt = 16 + double * 3 + at
      const range = view.getUint16(rangeAt)
      for (let code = from; code <= to && code < 0xffff; code++) {
        const glyph = range === 0 ? code : view.getUint16(rangeAt + range + (code - from) * 2)
        yield [code, range !== 0 && glyph === 0 ? 0 : (glyph + delta) & 0xffff]
      }
    }
  },
  6: function* (view) {
    const [first, count] = [view.getUint16(6), view.getUint16(8)]
    for (let index = 0; index < count; index++) yield [first + index, view.getUint16(10 + index * 2)]
  },
  12: function* (view) {
    for (let group = 0; group < view.getUint32(12); group++) {
      const at = 16 + group * 12
      const [from, to, glyph] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)]
      for (let code = from; code <= to; code++) yield [code, glyph + code - from]
    }
  },
}
