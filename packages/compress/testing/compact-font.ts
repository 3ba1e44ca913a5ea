import { description } from './font-description.ts'
import type { PdfDictionary, Ref } from '@pdf-smaller/testing/pdf/values'
import type { PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { entriesOf } from '../src/fonts/cff/parts.ts'
import { type Program } from '../src/fonts/cff/program.ts'
import { writtenProgram } from '../src/fonts/cff/written.ts'
import { number, saw } from './type-one.ts'

/** The code of a glyph in Compact Font Format, a saw that looks like no other, which calls a subroutine. */
export const sawGlyph = (at: number): Buffer =>
  Buffer.from([...number(40), ...number(50), 21, ...saw(at), ...number((at % 4) - 107), 10, 14])

const firstOwn = 391

/** A program with a glyph for each name, and four subroutines. */
export function compactProgram(names: readonly string[], more: Partial<Program> = {}): Buffer {
  const charset = [0, ...names.map((_, at) => firstOwn + at)]
  const subroutines = [1, 2, 3, 4].map((at) => Buffer.from([...number(at * 10), ...number(0), 5, 11]))
  return writtenProgram({
    header: Buffer.from([1, 0, 4, 4]),
    names: [Buffer.from('Made')],
    strings: names.map((name) => Buffer.from(name)),
    globalSubroutines: [],
    glyphs: [Buffer.from([14]), ...names.map((_, at) => sawGlyph(at))],
    charset,
    charsetBytes: Buffer.from([0, ...charset.slice(1).flatMap((each) => [each >> 8, each & 255])]),
    encoding: undefined,
    encodingBytes: undefined,
    top: [],
    parts: [{ entries: [], privateEntries: [], subroutines }],
    selected: undefined,
    ...more,
  })
}

/** The same, with its glyphs numbered as characters: the second is 10, the third 11, and so on. */
export function characterProgram(count: number): Buffer {
  const names = Array.from({ length: count }, (_, at) => `c${at}`)
  const ros = Buffer.from([...number(0), ...number(0), ...number(0), 12, 30])
  const subroutines = [1, 2, 3, 4].map((at) => Buffer.from([...number(at * 10), ...number(0), 5, 11]))
  return compactProgram(names, {
    charset: [0, ...names.map((_, at) => 10 + at)],
    charsetBytes: Buffer.from([2, 0, 10, (count - 1) >> 8, (count - 1) & 255]),
    top: entriesOf(ros),
    parts: [{ entries: [], privateEntries: [], subroutines }],
    selected: {
      partOf: () => 0,
      bytes: Buffer.from([3, 0, 1, 0, 0, 0, (count + 1) >> 8, (count + 1) & 255]),
    },
  })
}

/** The descriptor of fonts with a program whose glyphs have these names. */
export function compactDescriptor(writer: PdfWriter, names: readonly string[]): Ref {
  const FontFile3 = writer.addStream({ Subtype: 'Type1C' }, compactProgram(names))
  return writer.add({ ...description, FontFile3 })
}

/** A simple font with a program whose glyphs have these names. */
export function addCompactFont(writer: PdfWriter, names: readonly string[], more: PdfDictionary = {}): Ref {
  const FontDescriptor = compactDescriptor(writer, names)
  const Widths = Array.from({ length: 224 }, () => 600)
  const codes = { FirstChar: 32, LastChar: 255, Widths, Encoding: 'WinAnsiEncoding' }
  return writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Made', FontDescriptor, ...codes, ...more })
}

/** A composite font with so many glyphs, all within one object. */
export function compositeFont(writer: PdfWriter, count: number): PdfDictionary {
  const FontFile3 = writer.addStream({ Subtype: 'CIDFontType0C' }, characterProgram(count))
  const FontDescriptor = { ...description, Flags: 4, FontFile3 }
  const CIDSystemInfo = { Registry: 'Adobe', Ordering: 'Identity', Supplement: 0 }
  const within = { Type: 'Font', Subtype: 'CIDFontType0', BaseFont: 'Made', CIDSystemInfo, FontDescriptor }
  return {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: 'Made',
    Encoding: 'Identity-H',
    DescendantFonts: [{ ...within, DW: 600 }],
  }
}
