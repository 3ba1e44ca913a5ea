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

/** The bytes of a string of qpdf's JSON, whichever form it has there; undefined for what is none. */
export function stringBytes(value: unknown): Buffer | undefined {
  if (typeof value !== 'string') return undefined
  if (value.startsWith('b:')) return Buffer.from(value.slice(2), 'hex')
  return value.startsWith('u:') ? textBytes(value.slice(2)) : undefined
}

/** The text of a string of qpdf's JSON: `u:text`, or `b:` and the bytes in hexadecimal; undefined for what is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (value.startsWith('u:')) return value.slice(2)
  if (value.startsWith('b:')) return Buffer.from(value.slice(2), 'hex').toString('latin1')
  return undefined
}

/** A text as a string of qpdf's JSON. */
export const textValue = (text: string): string => `u:${text}`
