import { namesOfGlyphs } from './glyph-list.ts'
import { withoutInstructions } from './glyphs.ts'
import { characterMaps } from './character-map.ts'
import { writtenCharacterMaps } from './written-character-maps.ts'
import { reachableGlyphs, withParts } from './reachable.ts'
import { readTables, type Tables, viewOf, writeTables } from '@pdf-smaller/pdf/sfnt'

/** What a PDF viewer needs to draw glyphs (ISO 32000-1, 9.9); everything else serves typesetting. */
const drawing = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']
/** Programs that fit glyphs to the pixels of coarse screens. */
const hinting = ['cvt ', 'fpgm', 'prep', 'gasp']
/** A simple font also finds its glyphs through these; a composite font numbers them itself. */
const mapping = ['cmap', 'post']

/**
 * Fonts whose instructions compose their glyphs: drawn without them they fall apart, so they keep them. The names are FreeType's list
 * (src/truetype/ttobjs.c, tt_check_trickyness_family), without what follows a hyphen.
 */
const tricky =
  /cpop|DFGirl|DFGothic|DFGyoSho|DFHei|DFHSGothic|DFHSMincho|DFKaiS|DFMing|DLC|HuaTian|MingLi|MingMedium|Ming\(for/i

export type FontUse = {
  name: string
  /** Whether glyphs are found by character codes, not by their numbers. */
  isSimple: boolean
  /** The names that encodings tell of glyphs; undefined where glyphs may be found in other ways as well. */
  names?: readonly string[] | undefined
  /** The glyphs that are shown at all; undefined, or nothing, where it may be any that can be found. */
  shown?: ((tables: Tables) => ReadonlySet<number> | undefined) | undefined
  /** Whether hinting stays. Most viewers do not hint embedded fonts, and paper never did. */
  keepHinting: boolean
}

/**
 * A TrueType font without names and other tables that play no part in drawing a PDF, and without hinting. The glyphs keep
 * their numbers and outlines.
 * @returns undefined when it is no such font, or broken
 */
export function slimTrueType(
  font: Uint8Array,
  { name, isSimple, names, shown, keepHinting }: FontUse,
): Buffer | undefined {
  const tables = readTables(font)
  if (!tables) return undefined
  const hinted = keepHinting || tricky.test(name)
  const kept: Tables = new Map()
  for (const tag of [...drawing, ...(isSimple ? mapping : []), ...(hinted ? hinting : [])]) {
    const table = tables.get(tag)
    if (table) kept.set(tag, table)
    else if (drawing.includes(tag)) return undefined
  }
  try {
    const reachable = shown?.(kept) ?? (isSimple && names ? reachableGlyphs(kept, names) : undefined)
    const needed = reachable ? withoutOthers(kept, reachable) : kept
    return writeTables(hinted ? needed : withBareGlyphs(needed))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function withBareGlyphs(tables: Tables): Tables {
  const limits = withoutProgramLimits(tables.get('maxp') ?? nothing)
  return new Map([...withGlyphs(tables, withoutInstructions), ['maxp', limits]])
}

/** A font in which glyphs that nothing leads to draw nothing; all keep their numbers. */
function withoutOthers(tables: Tables, reachable: ReadonlySet<number>): Tables {
  const glyphs = glyphsIn(tables)
  const all = withParts(reachable, (glyph) => glyphs[glyph] ?? nothing)
  const post = tables.get('post')
  const cmap = tables.get('cmap')
  const maps = cmap && characterMaps(cmap)
  return new Map([
    ...withGlyphs(tables, (glyph, number) => (all.has(number) ? glyph : nothing)),
    ['hmtx', widthsOf(tables, all)],
    ...(post ? ([['post', namesOfGlyphs(post, all)]] as const) : []),
    ...(maps ? ([['cmap', smaller(cmap, writtenCharacterMaps(maps, all))]] as const) : []),
  ])
}

const smaller = (one: Uint8Array, other: Uint8Array) => (other.length < one.length ? other : one)

/** Whether glyphs that draw something are among those that nothing leads to. */
export function losesGlyphs(tables: Tables, reachable: ReadonlySet<number>): boolean {
  const glyphs = glyphsIn(tables)
  const all = withParts(reachable, (glyph) => glyphs[glyph] ?? nothing)
  return glyphs.some(({ length }, glyph) => length > 0 && !all.has(glyph))
}

/** The widths of some glyphs, in their places; all others are 0. The last that is told is also that of all glyphs behind it. */
function widthsOf(tables: Tables, glyphs: ReadonlySet<number>): Uint8Array {
  const widths = Uint8Array.from(tables.get('hmtx') ?? nothing)
  const last = viewOf(tables.get('hhea') ?? nothing).getUint16(34) - 1
  const isNeeded = (glyph: number) =>
    glyph < last ? glyphs.has(glyph) : [...glyphs].some((each) => each >= last)
  for (let glyph = 0; glyph <= last; glyph++) if (!isNeeded(glyph)) widths.fill(0, glyph * 4, glyph * 4 + 4)
  return widths
}

const nothing = new Uint8Array()
/** Some fonts let glyphs that are alike share their outlines. */
const mostShared = 2

/** @throws RangeError where they are more than there is */
function glyphsIn(tables: Tables): Uint8Array[] {
  const table = (tag: string) => tables.get(tag) ?? nothing
  const isLong = viewOf(table('head')).getInt16(50) === 1
  const offsets = offsetsOf(table('loca'), isLong, viewOf(table('maxp')).getUint16(4))
  const glyphs = offsets.slice(1).map((end, index) => table('glyf').subarray(offsets[index], end))
  const size = glyphs.reduce((sum, { length }) => sum + length, 0)
  // Each is read, and written, by itself.
  if (size > table('glyf').length * mostShared) throw new RangeError('glyphs lie over each other')
  return glyphs
}

/** A font whose glyphs have become others. */
function withGlyphs(tables: Tables, change: (glyph: Uint8Array, number: number) => Uint8Array): Tables {
  const table = (tag: string) => tables.get(tag) ?? nothing
  const head = Uint8Array.from(table('head'))
  const glyphs: Uint8Array[] = []
  const starts = [0]
  let size = 0
  for (const [number, before] of glyphsIn(tables).entries()) {
    const glyph = change(before, number)
    glyphs.push(glyph)
    // Short offsets count in pairs of bytes.
    size += glyph.length + (glyph.length & 1)
    starts.push(size)
  }
  const long = size > 0xffff * 2
  viewOf(head).setInt16(50, long ? 1 : 0)
  return new Map([
    ...tables,
    ['head', head],
    ['glyf', joined(glyphs, starts, size)],
    ['loca', packedOffsets(starts, long)],
  ])
}

function offsetsOf(loca: Uint8Array, long: boolean, glyphs: number): number[] {
  const view = viewOf(loca)
  return Array.from({ length: glyphs + 1 }, (_, index) =>
    long ? view.getUint32(index * 4) : view.getUint16(index * 2) * 2,
  )
}

function joined(glyphs: readonly Uint8Array[], starts: readonly number[], size: number): Uint8Array {
  // A reader may take an empty table for a missing one.
  const result = new Uint8Array(Math.max(size, 2))
  for (const [index, glyph] of glyphs.entries()) result.set(glyph, starts[index])
  return result
}

function packedOffsets(starts: readonly number[], long: boolean): Uint8Array {
  const loca = new Uint8Array(starts.length * (long ? 4 : 2))
  const view = viewOf(loca)
  for (const [index, start] of starts.entries()) {
    if (long) view.setUint32(index * 4, start)
    else view.setUint16(index * 2, start / 2)
  }
  return loca
}

/** There is no program any more: one zone, no storage, functions, stack or instructions (table maxp, version 1.0). */
function withoutProgramLimits(maxp: Uint8Array): Uint8Array {
  const result = Uint8Array.from(maxp)
  if (result.length < 32) return result
  viewOf(result).setUint16(14, 1)
  result.fill(0, 16, 28)
  return result
}
