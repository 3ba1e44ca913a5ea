import { standardEncoding } from '../drawn-anew/standard-encoding.ts'

/** Names of Latin glyphs beside those of the standard encoding (ISO 32000-1, D.2). */
const others =
  '.notdef Euro Thorn thorn Eth eth mu multiply divide minus plusminus onequarter onehalf threequarters onesuperior ' +
  'twosuperior threesuperior brokenbar logicalnot registered copyright degree trademark nbspace sfthyphen middot'
const accented =
  /^[A-Za-z](acute|grave|circumflex|dieresis|tilde|ring|cedilla|caron|slash|breve|macron|ogonek|dotaccent|hungarumlaut|commaaccent)$/

const latin = new Set([
  ...[...standardEncoding().values()].map((name) => name.slice(1)),
  ...others.split(' '),
])

/** Whether a glyph of that name stands for a character that `isNameable` knows. */
export const isLatinName = (name: string): boolean => latin.has(name) || accented.test(name)

/** Letters of Europe, punctuation, signs, ligatures, and codes of private use: all that a Latin name may be looked up as. */
const nameable: readonly (readonly [from: number, to: number])[] = [
  [0, 0x17f],
  [0x192, 0x192],
  [0x218, 0x21b],
  [0x2c6, 0x2dd],
  // Delta, Omega, mu and pi, which the usual encodings have as signs.
  [0x394, 0x394],
  [0x3a9, 0x3a9],
  [0x3bc, 0x3bc],
  [0x3c0, 0x3c0],
  [0x2010, 0x2044],
  [0x20ac, 0x20ac],
  [0x2113, 0x2126],
  [0x2202, 0x2265],
  [0x25ca, 0x25ca],
  [0xf000, 0xf0ff],
  [0xfb00, 0xfb06],
]

/** Whether a Latin name may stand for a character. */
export const isNameable = (character: number): boolean =>
  nameable.some(([from, to]) => character >= from && character <= to)
