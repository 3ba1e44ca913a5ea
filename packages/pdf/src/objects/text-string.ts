/**
 * The characters of PDFDocEncoding that are not those of Latin-1, from 0x18 and from 0x80 (ISO 32000-1, annex D.2);
 * `\0` stands for a code without a character.
 */
const accents = '˘ˇˆ˙˝˛˚˜'
const above = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\0€'
const codes = new Map<string, number>([
  ...Array.from(accents).map((character, index): [string, number] => [character, 0x18 + index]),
  ...Array.from(above).map((character, index): [string, number] => [character, 0x80 + index]),
])
codes.delete('\0')

/** The code of a character in PDFDocEncoding; undefined when it has none. */
function pdfDocCode(character: string): number | undefined {
  const point = character.codePointAt(0) ?? 0
  const isLatin = (point < 0x7f && (point < 0x18 || point > 0x1f)) || (point > 0xa0 && point <= 0xff)
  return isLatin && point !== 0xad ? point : codes.get(character)
}

/** A text as a PDF string keeps it: one byte a character where they all have a code, else UTF-16 with its mark. */
export function textBytes(text: string): Buffer {
  const single: number[] = []
  for (const character of text) {
    const code = pdfDocCode(character)
    if (code === undefined) return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
    single.push(code)
  }
  return Buffer.from(single)
}

/** The characters behind the codes; those without one stand for themselves, as in Latin-1. */
const characters = new Map(Array.from(codes, ([character, code]) => [code, character]))

/** The bytes of a string: `b:` and hexadecimal digits, or `u:` and its text; undefined for what is none. */
export function stringBytes(value: unknown): Buffer | undefined {
  if (typeof value !== 'string') return undefined
  if (value.startsWith('b:')) return Buffer.from(value.slice(2), 'hex')
  return value.startsWith('u:') ? textBytes(value.slice(2)) : undefined
}

/**
 * The text of a string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 behind their marks, else PDFDocEncoding; undefined for
 * what is none.
 */
export function textStringOf(value: unknown): string | undefined {
  const bytes = stringBytes(value)
  if (!bytes) return undefined
  const mark = bytes.subarray(0, 3).toString('hex')
  if (mark.startsWith('feff'))
    return Buffer.from(evenPart(bytes.subarray(2)))
      .swap16()
      .toString('utf16le')
  // Not in the standard, but what some writers do and all viewers read.
  if (mark.startsWith('fffe')) return evenPart(bytes.subarray(2)).toString('utf16le')
  if (mark === 'efbbbf') return bytes.subarray(3).toString('utf8')
  return Array.from(bytes, (byte) => characters.get(byte) ?? String.fromCharCode(byte)).join('')
}

const evenPart = (bytes: Buffer) => bytes.subarray(0, bytes.length & ~1)

/** A string of so many bytes, as objects hold it. */
export const stringValue = (bytes: Buffer): string => `b:${bytes.toString('hex')}`

/** A text as a string, as objects hold it. */
export const textValue = (text: string): string => stringValue(textBytes(text))
