import { viewOf } from '@pdf-smaller/pdf/sfnt'

/** Flags of a simple glyph (OpenType specification, table glyf). */
const xShort = 0x02
const yShort = 0x04
const repeat = 0x08
const xSame = 0x10
const ySame = 0x20
/** Flags of a part of a composite glyph. */
const wordArguments = 0x0001
const scaled = 0x0008
const moreParts = 0x0020
const scaledXY = 0x0040
const twoByTwo = 0x0080
const hasInstructions = 0x0100

const headBytes = 10

/** A glyph without its hinting instructions and without what stands after its end. Throws RangeError on a broken glyph. */
export function withoutInstructions(glyph: Uint8Array): Uint8Array {
  if (glyph.length === 0) return glyph
  return viewOf(glyph).getInt16(0) < 0 ? bareComposite(glyph) : bareSimple(glyph)
}

function bareSimple(glyph: Uint8Array): Uint8Array {
  const view = viewOf(glyph)
  const contours = view.getInt16(0)
  if (contours === 0) return glyph.subarray(0, 0)
  const ends = headBytes + contours * 2
  const points = view.getUint16(ends - 2) + 1
  const from = ends + 2 + view.getUint16(ends)
  const to = endOfCoordinates(glyph, from, points)
  const bare = new Uint8Array(ends + 2 + to - from)
  bare.set(glyph.subarray(0, ends))
  bare.set(glyph.subarray(from, to), ends + 2)
  return bare
}

/** Where the coordinates end, which follow the flags of all points. */
function endOfCoordinates(glyph: Uint8Array, flagsAt: number, points: number): number {
  let at = flagsAt
  let coordinates = 0
  for (let point = 0; point < points;) {
    const flag = byteAt(glyph, at++)
    const times = flag & repeat ? 1 + byteAt(glyph, at++) : 1
    coordinates += times * (width(flag, xShort, xSame) + width(flag, yShort, ySame))
    point += times
  }
  if (at + coordinates > glyph.length) throw new RangeError('a glyph ends early')
  return at + coordinates
}

const width = (flag: number, short: number, same: number) => (flag & short ? 1 : flag & same ? 0 : 2)

function bareComposite(glyph: Uint8Array): Uint8Array {
  const bare = Uint8Array.from(glyph)
  const view = viewOf(bare)
  let at = headBytes
  for (let more = true; more;) {
    const flags = view.getUint16(at)
    view.setUint16(at, flags & ~hasInstructions)
    at += 4 + (flags & wordArguments ? 4 : 2) + transformBytes(flags)
    more = (flags & moreParts) !== 0
  }
  if (at > bare.length) throw new RangeError('a glyph ends early')
  return bare.subarray(0, at)
}

function transformBytes(flags: number): number {
  if (flags & scaled) return 2
  if (flags & scaledXY) return 4
  return flags & twoByTwo ? 8 : 0
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('a glyph ends early')
  return byte
}
