import { standardEncoding } from '../drawn-anew/standard-encoding.ts'

/** What the glyphs of the standard encoding stand for, in its order (ISO 32000-1, D.2). */
const ofStandard = Array.from(
  ' !"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijklmnopqrstuvwxyz{|}~' +
    "¡¢£⁄¥ƒ§¤'“«‹›\ufb01\ufb02–†‡·¶•‚„”»…‰¿`´ˆ˜¯˘˙¨˚¸˝˛ˇ—ÆªŁØŒºæıłøœß",
)
/** The other Latin glyphs that encodings of PDF have, and some that the Macintosh has. */
const others =
  'Aacute Á Acircumflex Â Adieresis Ä Agrave À Aring Å Atilde Ã Ccedilla Ç Eacute É Ecircumflex Ê Edieresis Ë Egrave È ' +
  'Eth Ð Euro € Iacute Í Icircumflex Î Idieresis Ï Igrave Ì Ntilde Ñ Oacute Ó Ocircumflex Ô Odieresis Ö Ograve Ò ' +
  'Otilde Õ Scaron Š Thorn Þ Uacute Ú Ucircumflex Û Udieresis Ü Ugrave Ù Yacute Ý Ydieresis Ÿ Zcaron Ž aacute á ' +
  'acircumflex â adieresis ä agrave à aring å atilde ã brokenbar ¦ ccedilla ç copyright © degree ° divide ÷ eacute é ' +
  'ecircumflex ê edieresis ë egrave è eth ð iacute í icircumflex î idieresis ï igrave ì logicalnot ¬ minus − mu µ ' +
  'multiply × ntilde ñ oacute ó ocircumflex ô odieresis ö ograve ò onehalf ½ onequarter ¼ onesuperior ¹ otilde õ ' +
  'plusminus ± registered ® scaron š thorn þ threequarters ¾ threesuperior ³ trademark ™ twosuperior ² uacute ú ' +
  'ucircumflex û udieresis ü ugrave ù yacute ý ydieresis ÿ zcaron ž notequal ≠ infinity ∞ lessequal ≤ greaterequal ≥ ' +
  'partialdiff ∂ summation ∑ product ∏ pi π integral ∫ Omega Ω radical √ approxequal ≈ Delta ∆ lozenge ◊ middot · ' +
  'sfthyphen -'

/** What some fonts call them. */
const otherNames = [
  ['nbspace', ' '],
  ['nonbreakingspace', ' '],
  ['verticalbar', '|'],
  ['overscore', '¯'],
  ['mu1', 'µ'],
  ['softhyphen', '-'],
  ['euro', '€'],
] as const

const otherWords = others.split(/ (?=\S)/)
const characters = new Map([
  ...otherNames,
  ...[...standardEncoding().values()].map((name, index) => [name.slice(1), ofStandard[index] ?? ''] as const),
  ...Array.from(
    { length: otherWords.length / 2 },
    (_, index) => [otherWords[index * 2] ?? '', otherWords[index * 2 + 1] ?? ''] as const,
  ),
])
const names = Map.groupBy(characters.keys(), (name) => characters.get(name) ?? '')

/** Characters that fonts have glyphs for as they have for another. */
const alike = ['\u00a0 ', '\u00ad-‐', 'µμ', 'ΩΩ', '∆Δ', '·∙•', '¯ˉ', '⁄∕', 'ŢȚ', 'ţț', '−-']
const byNumber = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/

/** What a glyph stands for by its name; undefined where that is not known. */
export function characterNamed(name: string): string | undefined {
  const [, four, more] = byNumber.exec(name) ?? []
  const digits = four ?? more
  if (digits === undefined) return characters.get(name)
  const number = Number.parseInt(digits, 16)
  return number <= 0x10ffff ? String.fromCodePoint(number) : undefined
}

/** A character with those that are drawn by the same glyph in some font. */
export const withAlike = (character: string): string[] => [
  ...new Set([
    character,
    ...alike.filter((group) => group.includes(character)).flatMap((group) => Array.from(group)),
  ]),
]

/** The names of Latin glyphs that stand for a character. */
export const namesOf = (character: string): string[] =>
  withAlike(character).flatMap((each) => names.get(each) ?? [])

const decoders = ['windows-1252', 'macintosh'].map((label) => new TextDecoder(label))
const standard = standardEncoding()
/** Of the Macintosh's encoding, PDF has the older form (ISO 32000-1, D.2). */
const currency = 0xdb

/** What a code may stand for in the usual encodings: Windows, Macintosh, and that of Adobe. */
export function charactersOfCode(code: number): string[] {
  const name = standard.get(code)?.slice(1)
  const decoded = decoders.map((each) => each.decode(Uint8Array.of(code)))
  return [
    ...new Set([
      ...decoded,
      ...(name ? [characters.get(name) ?? ''] : []),
      ...(code === currency ? ['¤'] : []),
      ...(code > 0x7e ? ['•'] : []),
    ]),
  ]
}

/** The codes under which the Macintosh knows a character. */
export const macintoshCodes: ReadonlyMap<string, number> = new Map([
  ...Array.from(
    { length: 256 },
    (_, code) => [decoders[1]?.decode(Uint8Array.of(code)) ?? '', code] as const,
  ),
  ['¤', currency] as const,
])
