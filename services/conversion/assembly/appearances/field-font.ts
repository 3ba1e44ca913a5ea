import { type Dictionary, type PdfObjects, textBytes } from '@pdf-smaller/pdf'

/** A font of a form, as far as it writes texts of one byte a character. */
export type FieldFont = {
  /** The codes of a text; undefined where it has none for one of the characters. */
  encoded: (text: string) => Buffer | undefined
  /** How wide codes are, of the size of the font. */
  widthOf: (codes: Buffer) => number
}

/** Of Helvetica, from the space on, thousandths of its size (Adobe's font metrics for the 14 standard fonts). */
const helvetica =
  `278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584
  584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667
  611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500
  722 500 500 500 334 260 334 584`
    .split(/\s+/)
    .map(Number)
const [usualWidth, courierWidth] = [556, 600]

const windows = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, code) => code))).map(
    (character, code) => [character, code],
  ),
)

/** Undefined for a font whose codes are not those of characters. */
export function fieldFont(objects: PdfObjects, font: Dictionary): FieldFont | undefined {
  if (font['/Subtype'] === '/Type0' || font['/Subtype'] === '/Type3') return undefined
  return { encoded: encoderOf(objects, font), widthOf: widthsOf(objects, font) }
}

function encoderOf(objects: PdfObjects, font: Dictionary): FieldFont['encoded'] {
  const encoding = objects.resolve(font['/Encoding'])
  const { '/BaseEncoding': base, '/Differences': differences } = objects.dictionary(encoding)
  // What forms commonly call PDFDocEncoding begins with the bullet above ASCII.
  const listed = objects.array(differences)
  const isDocEncoding = listed.includes(128) && listed.includes('/bullet')
  if (isDocEncoding) return singleBytes
  if (encoding === '/WinAnsiEncoding' || (base === '/WinAnsiEncoding' && listed.length === 0))
    return (text) => codesOf(text, (character) => windows.get(character))
  return (text) =>
    codesOf(text, (character) => (/[\x20-\x7e]/.test(character) ? character.charCodeAt(0) : undefined))
}

function singleBytes(text: string): Buffer | undefined {
  const bytes = textBytes(text)
  return bytes.length === Array.from(text).length ? bytes : undefined
}

function codesOf(text: string, codeOf: (character: string) => number | undefined): Buffer | undefined {
  const codes = Array.from(text, codeOf)
  return codes.includes(undefined) ? undefined : Buffer.from(codes.map((code) => code ?? 0))
}

function widthsOf(objects: PdfObjects, font: Dictionary): FieldFont['widthOf'] {
  const own = objects.array(font['/Widths']).map(objects.number)
  const first = objects.number(font['/FirstChar'])
  const isFixed = /Courier|Mono/i.test(String(objects.resolve(font['/BaseFont'])))
  const widthOf = (code: number) =>
    own.length > 0 ? (own[code - first] ?? 0) : isFixed ? courierWidth : (helvetica[code - 32] ?? usualWidth)
  return (codes) => codes.reduce((sum, code) => sum + widthOf(code), 0) / 1000
}
