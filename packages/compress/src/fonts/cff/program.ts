import { viewOf } from '@pdf-smaller/pdf/sfnt'
import { type Entry, entriesOf, indexAt } from './parts.ts'

/** A part of a font that has its own subroutines: the whole, or one of those that a CID-keyed font is made of. */
export type FontPart = { entries: Entry[]; privateEntries: Entry[]; subroutines: Uint8Array[] }

/** A program in Compact Font Format (Adobe Technical Note 5176), as far as it takes to leave glyphs out. */
export type Program = {
  header: Uint8Array
  names: Uint8Array[]
  strings: Uint8Array[]
  globalSubroutines: Uint8Array[]
  glyphs: Uint8Array[]
  /** For each glyph the number of its name's string, or of the character that it is. */
  charset: number[]
  /** The same as written; undefined where it is the usual one. */
  charsetBytes: Uint8Array | undefined
  /** The glyphs that the program itself has for codes; undefined where that is the standard encoding. */
  encoding: Map<number, number> | undefined
  encodingBytes: Uint8Array | undefined
  top: Entry[]
  /** Of a font that is not CID-keyed, one. */
  parts: FontPart[]
  /** The part that each glyph belongs to, and the same as written; of a CID-keyed font alone. */
  selected: { partOf: (glyph: number) => number; bytes: Uint8Array } | undefined
}

export const operators = {
  charset: 15,
  encoding: 16,
  glyphs: 17,
  private: 18,
  subroutines: 19,
  charstringType: 0xc06,
  ros: 0xc1e,
  parts: 0xc24,
  selection: 0xc25,
} as const

/** What a number of an entry is where there is no entry, or no such number. */
export const numberOf = (entries: readonly Entry[], operator: number, index = 0): number =>
  entries.find((each) => each.operator === operator)?.numbers[index] ?? 0

/** Whether glyphs are numbered as characters, and have no names. */
export const isCidKeyed = ({ top }: Pick<Program, 'top'>): boolean =>
  top.some(({ operator }) => operator === operators.ros)

/**
 * Takes a program apart.
 * @returns undefined where it is of a kind that is hardly ever embedded
 * @throws RangeError on a broken program
 */
export function readProgram(bytes: Uint8Array): Program | undefined {
  const view = viewOf(bytes)
  const names = indexAt(bytes, view.getUint8(2))
  const tops = indexAt(bytes, names.end)
  const strings = indexAt(bytes, tops.end)
  const global = indexAt(bytes, strings.end)
  const [only] = tops.items
  if (view.getUint8(0) !== 1 || !only || tops.items.length !== 1) return undefined
  const top = entriesOf(only)
  const type = top.find(({ operator }) => operator === operators.charstringType)
  if (type && type.numbers[0] !== 2) return undefined
  const glyphs = indexAt(bytes, placeOf(top, operators.glyphs)).items
  const isCid = isCidKeyed({ top })
  const charset = charsetAt(bytes, numberOf(top, operators.charset), glyphs.length, isCid)
  const encoding = isCid ? undefined : encodingAt(bytes, numberOf(top, operators.encoding))
  if (!charset || encoding === 'other' || glyphs.length === 0) return undefined
  const parts = isCid ? indexAt(bytes, placeOf(top, operators.parts)).items.map(entriesOf) : [top]
  const selected = isCid ? selectionAt(bytes, placeOf(top, operators.selection), glyphs.length) : undefined
  if ((isCid && !selected) || parts.length > mostParts) return undefined
  const read = partsAt(bytes, parts)
  return (
    read && {
      header: bytes.subarray(0, view.getUint8(2)),
      names: names.items,
      strings: strings.items,
      globalSubroutines: global.items,
      glyphs,
      charset: charset.numbers,
      charsetBytes: charset.bytes,
      encoding: encoding?.codes,
      encodingBytes: encoding?.bytes,
      top,
      parts: read,
      selected,
    }
  )
}

function placeOf(entries: readonly Entry[], operator: number): number {
  const place = numberOf(entries, operator)
  if (place <= 0) throw new RangeError('a part of the program is missing')
  return place
}

/** Parts are numbered by a byte; and so many subroutines are more than any have. */
const [mostParts, mostSubroutines] = [256, 200_000]

/** Undefined where several share what none of use has. */
function partsAt(bytes: Uint8Array, parts: readonly Entry[][]): FontPart[] | undefined {
  const read: FontPart[] = []
  let count = 0
  for (const entries of parts) {
    const part = partAt(bytes, entries)
    count += part.subroutines.length
    if (count > mostSubroutines) return undefined
    read.push(part)
  }
  return read
}

function partAt(bytes: Uint8Array, entries: Entry[]): FontPart {
  const [size, at] = [numberOf(entries, operators.private, 0), numberOf(entries, operators.private, 1)]
  if (size < 0 || at < 0 || at + size > bytes.length) throw new RangeError('a part of the program is missing')
  const privateEntries = entriesOf(bytes.subarray(at, at + size))
  const offset = numberOf(privateEntries, operators.subroutines)
  return { entries, privateEntries, subroutines: offset > 0 ? indexAt(bytes, at + offset).items : [] }
}

/** The last number of a name that Adobe's usual charset has; the others are those of experts. */
const lastUsual = 228

function charsetAt(bytes: Uint8Array, at: number, count: number, isCid: boolean) {
  if (at <= 2) {
    if (at !== 0 || isCid || count > lastUsual + 1) return undefined
    return { numbers: Array.from({ length: count }, (_, glyph) => glyph), bytes: undefined }
  }
  const view = viewOf(bytes)
  const format = view.getUint8(at)
  const numbers = [0]
  let end = at + 1
  for (; numbers.length < count;) {
    const first = view.getUint16(end)
    const left = format === 0 ? 0 : format === 1 ? view.getUint8(end + 2) : view.getUint16(end + 2)
    for (let each = 0; each <= left && numbers.length < count; each++) numbers.push(first + each)
    end += 2 + Math.min(format, 2)
  }
  return format > 2 ? undefined : { numbers, bytes: bytes.subarray(at, end) }
}

function encodingAt(bytes: Uint8Array, at: number) {
  if (at === 0) return undefined
  if (at === 1) return 'other'
  const view = viewOf(bytes)
  const [format, count] = [view.getUint8(at), view.getUint8(at + 1)]
  const codes = new Map<number, number>()
  const [isRanges, hasMore] = [(format & 0x7f) === 1, format >= 0x80]
  // Further codes of glyphs stand behind, in hardly any font.
  if (hasMore || format > 1) return 'other'
  let glyph = 1
  for (let each = 0; each < count; each++) {
    const first = view.getUint8(at + 2 + each * (isRanges ? 2 : 1))
    const left = isRanges ? view.getUint8(at + 3 + each * 2) : 0
    for (let code = first; code <= first + left; code++) codes.set(code, glyph++)
  }
  return { codes, bytes: bytes.subarray(at, at + 2 + count * (isRanges ? 2 : 1)) }
}

/** FDSelect (Technical Note 5176, 19). */
function selectionAt(bytes: Uint8Array, at: number, count: number) {
  const view = viewOf(bytes)
  const format = view.getUint8(at)
  if (format === 0) {
    const parts = bytes.subarray(at + 1, at + 1 + count)
    return { partOf: (glyph: number) => parts[glyph] ?? 0, bytes: bytes.subarray(at, at + 1 + count) }
  }
  if (format !== 3) return undefined
  const ranges = view.getUint16(at + 1)
  const parts = new Uint8Array(count)
  for (let each = 0; each < ranges; each++) {
    const from = at + 3 + each * 3
    parts.fill(view.getUint8(from + 2), view.getUint16(from), view.getUint16(from + 3))
  }
  return { partOf: (glyph: number) => parts[glyph] ?? 0, bytes: bytes.subarray(at, at + 5 + ranges * 3) }
}
