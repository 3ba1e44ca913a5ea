import type { CharacterMap } from './character-map.ts'

type Pair = readonly [code: number, glyph: number]
/** Codes that follow each other, and lead to glyphs that do. */
type Run = { from: number; to: number; glyph: number }

/** The length of more is not told in two bytes. */
const mostSegments = 8000

/** A table cmap (OpenType specification) of some maps, with no more than what leads to some glyphs. */
export function writtenCharacterMaps(maps: readonly CharacterMap[], glyphs: ReadonlySet<number>): Buffer {
  const tables = maps.map(({ pairs }) => {
    const runs = runsOf([...pairs].filter(([, glyph]) => glyph > 0 && glyphs.has(glyph)))
    const isShort = runs.length < mostSegments && runs.every(({ to }) => to < 0xffff)
    return isShort ? inSegments(runs) : inGroups(runs)
  })
  const head = Buffer.alloc(4 + maps.length * 8)
  head.writeUInt16BE(maps.length, 2)
  let at = head.length
  for (const [index, { platform, encoding }] of maps.entries()) {
    head.writeUInt16BE(platform, 4 + index * 8)
    head.writeUInt16BE(encoding, 6 + index * 8)
    head.writeUInt32BE(at, 8 + index * 8)
    at += tables[index]?.length ?? 0
  }
  return Buffer.concat([head, ...tables])
}

function runsOf(pairs: readonly Pair[]): Run[] {
  const runs: Run[] = []
  for (const [code, glyph] of new Map(pairs.toSorted(([one], [other]) => one - other))) {
    const last = runs.at(-1)
    if (last && last.to + 1 === code && last.glyph + code - last.from === glyph) last.to = code
    else runs.push({ from: code, to: code, glyph })
  }
  return runs
}

/** Format 4: codes of two bytes. */
function inSegments(runs: readonly Run[]): Buffer {
  const segments = [...runs, { from: 0xffff, to: 0xffff, glyph: 0 }]
  const power = 2 ** Math.floor(Math.log2(segments.length))
  const length = 16 + segments.length * 8
  const numbers = [4, length, 0, segments.length * 2]
  const search = [power * 2, Math.log2(power), (segments.length - power) * 2]
  const deltas = segments.map(({ from, glyph }) => (glyph - from) & 0xffff)
  return words([
    ...numbers,
    ...search,
    ...segments.map(({ to }) => to),
    0,
    ...segments.map(({ from }) => from),
    ...deltas,
    ...segments.map(() => 0),
  ])
}

function words(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2)
  for (const [index, each] of numbers.entries()) bytes.writeUInt16BE(each & 0xffff, index * 2)
  return bytes
}

/** Format 12: codes of four bytes. */
function inGroups(runs: readonly Run[]): Buffer {
  const numbers = [
    16 + runs.length * 12,
    0,
    runs.length,
    ...runs.flatMap(({ from, to, glyph }) => [from, to, glyph]),
  ]
  const bytes = Buffer.alloc(4 + numbers.length * 4)
  bytes.writeUInt16BE(12)
  for (const [index, each] of numbers.entries()) bytes.writeUInt32BE(each, 4 + index * 4)
  return bytes
}
