import { description } from './font-description.ts'
import type { Ref } from '@pdf-smaller/testing/pdf/values'
import type { PdfWriter } from '@pdf-smaller/testing/pdf/writer'

/** The ciphers of a program and of its glyphs differ by where they begin (Adobe Type 1 Font Format, 7.1 and 7.3). */
const [programKey, glyphKey] = [55665, 4330]

function encrypted(plain: Buffer, key: number): Buffer {
  let state = key
  return Buffer.from(
    [0, 0, 0, 0, ...plain].map((byte) => {
      const cipher = byte ^ (state >> 8)
      state = ((cipher + state) * 52845 + 22719) & 0xffff
      return cipher
    }),
  )
}

/** A number in the code of a glyph, at most 1,131 from 0. */
export const number = (value: number): number[] =>
  Math.abs(value) <= 107
    ? [value + 139]
    : value > 0
      ? [((value - 108) >> 8) + 247, (value - 108) & 255]
      : [((-value - 108) >> 8) + 251, (-value - 108) & 255]

/** A saw of as many teeth as its number is high, so that no two glyphs are alike. */
export const saw = (at: number): number[] =>
  Array.from({ length: 4 + (at % 9) }, (_, tooth) => {
    const height = 200 + ((at * 37 + tooth * 61) % 400)
    return [...number(20), ...number(height), 5, ...number(20), ...number(-height), 5]
  }).flat()

function glyph(at: number): Buffer {
  const teeth = saw(at)
  return Buffer.from([...number(0), ...number(600), 13, ...number(40), ...number(50), 21, ...teeth, 9, 14])
}

/** A Type 1 program with a glyph for each name, whose encoding is the standard one. */
export function typeOneProgram(names: readonly string[]): { clear: Buffer; secret: Buffer; trailer: Buffer } {
  const clear = `%!PS-AdobeFont-1.0: Made
11 dict begin /FontInfo 1 dict dup begin end readonly def /FontName /Made def /PaintType 0 def /FontType 1 def
/FontMatrix [0.001 0 0 0.001 0 0] readonly def /Encoding StandardEncoding readonly def
/FontBBox {0 0 1000 1000} readonly def currentdict end currentfile eexec
`
  const glyphs = ['.notdef', ...names].flatMap((name, at) => {
    const bytes = encrypted(glyph(at), glyphKey)
    return [Buffer.from(`/${name} ${bytes.length} RD `), bytes, Buffer.from(' ND\n')]
  })
  const secret = Buffer.concat([
    Buffer.from(`dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} executeonly def
/ND {def} executeonly def /NP {put} executeonly def /BlueValues [] def /MinFeature {16 16} def /password 5839 def
2 index /CharStrings ${names.length + 1} dict dup begin
`),
    ...glyphs,
    Buffer.from(
      'end end readonly put noaccess put dup /FontName get exch definefont pop mark currentfile closefile\n',
    ),
  ])
  const trailer = Buffer.from(`${`${'0'.repeat(64)}\n`.repeat(8)}cleartomark\n`)
  return { clear: Buffer.from(clear), secret: encrypted(secret, programKey), trailer }
}

/** A simple font with such a program, for the codes from 32 on. */
export function addTypeOneFont(writer: PdfWriter, names: readonly string[], widths: number): Ref {
  const { clear, secret, trailer } = typeOneProgram(names)
  const lengths = { Length1: clear.length, Length2: secret.length, Length3: trailer.length }
  const FontFile = writer.addStream(lengths, Buffer.concat([clear, secret, trailer]))
  const FontDescriptor = writer.add({ ...description, FontFile })
  const Widths = Array.from({ length: widths }, () => 600)
  const codes = { FirstChar: 32, LastChar: 31 + widths, Widths }
  return writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Made', FontDescriptor, ...codes })
}
