import { viewOf } from '@pdf-smaller/pdf/sfnt'

/** Versions 1.0 and 2.0 of the table post, the glyphs that Macintosh names without being told, and where the numbers begin. */
const [usual, named, macintosh, headBytes] = [0x00010000, 0x00020000, 258, 34]

/** What the first glyphs that Macintosh names stand for: first some that draw nothing, then its characters in their order, and more. */
const blanks = 3
const usualCharacters = Array.from(
  new TextDecoder('macintosh').decode(
    Uint8Array.from([
      ...Array.from({ length: 95 }, (_, at) => 32 + at),
      ...Array.from({ length: 128 }, (_, at) => 128 + at),
    ]),
  ) + 'ŁłŠšŽž¦ÐðÝýÞþ−×¹²³½¼¾₣ĞğİŞşĆćČčđ',
)

/**
 * The glyphs that may be looked up by a name (OpenType specification, table post): those that Macintosh names, and those
 * that the font names itself.
 * @param isAsked whether a name may be looked up
 * @param isUsualAsked whether the name of a character may be, which Macintosh names
 */
export function namedGlyphs(
  post: Uint8Array,
  isAsked: (name: string) => boolean,
  isUsualAsked: (character: string) => boolean = () => true,
): number[] {
  const { numbers, names } = namesIn(post)
  return numbers.flatMap((number, glyph) => {
    const name = names[number - macintosh]
    const character = usualCharacters[number - blanks]
    const isMeant = name
      ? isAsked(Buffer.from(name).toString('latin1'))
      : number < macintosh && (character === undefined || isUsualAsked(character))
    return isMeant ? [glyph] : []
  })
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
  // The first version names them all as Macintosh does.
  if (post.length >= 4 && view.getUint32(0) === usual)
    return { numbers: Array.from({ length: macintosh }, (_, glyph) => glyph), names: [] }
  if (post.length < headBytes || view.getUint32(0) !== named) return { numbers: [], names: [] }
  const count = view.getUint16(headBytes - 2)
  const numbers = Array.from({ length: count }, (_, glyph) => view.getUint16(headBytes + glyph * 2))
  const names: Uint8Array[] = []
  for (let at = headBytes + count * 2; at < post.length; at += 1 + (post[at] ?? 0))
    names.push(post.subarray(at + 1, at + 1 + (post[at] ?? 0)))
  return { numbers, names }
}
