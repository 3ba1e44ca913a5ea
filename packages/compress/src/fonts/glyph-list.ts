import { viewOf } from '@pdf-smaller/pdf'

/** Version 2.0 of the table post, the glyphs that Macintosh names without being told, and where the numbers begin. */
const [named, macintosh, headBytes] = [0x00020000, 258, 34]

/** The names that a font tells of its glyphs, with their glyphs (OpenType specification, table post); none where it tells none. */
export function glyphsByName(post: Uint8Array): Map<string, number> {
  const { numbers, names } = namesIn(post)
  return new Map(
    numbers.flatMap((number, glyph) => {
      const name = names[number - macintosh]
      return name === undefined ? [] : [[Buffer.from(name).toString('latin1'), glyph]]
    }),
  )
}

/** The same table without the names of glyphs that are not among some. */
export function namesOfGlyphs(post: Uint8Array, glyphs: ReadonlySet<number>): Uint8Array {
  const { numbers, names } = namesIn(post)
  if (names.length === 0) return post
  const kept: Uint8Array[] = []
  const table = Buffer.alloc(headBytes + numbers.length * 2)
  table.set(post.subarray(0, headBytes))
  for (const [glyph, number] of numbers.entries()) {
    const name = glyphs.has(glyph) ? names[number - macintosh] : undefined
    const isUsual = glyphs.has(glyph) && number < macintosh
    table.writeUInt16BE(name ? macintosh + kept.push(name) - 1 : isUsual ? number : 0, headBytes + glyph * 2)
  }
  return Buffer.concat([table, ...kept.flatMap((name) => [Uint8Array.of(name.length), name])])
}

function namesIn(post: Uint8Array): { numbers: number[]; names: Uint8Array[] } {
  const view = viewOf(post)
  if (post.length < headBytes || view.getUint32(0) !== named) return { numbers: [], names: [] }
  const count = view.getUint16(headBytes - 2)
  const numbers = Array.from({ length: count }, (_, glyph) => view.getUint16(headBytes + glyph * 2))
  const names: Uint8Array[] = []
  for (let at = headBytes + count * 2; at < post.length; at += 1 + (post[at] ?? 0))
    names.push(post.subarray(at + 1, at + 1 + (post[at] ?? 0)))
  return { numbers, names }
}
