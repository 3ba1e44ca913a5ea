import { describe, expect, it } from 'vitest'
import { inflateSync } from 'node:zlib'
import { type PdfDictionary, type PdfValue, type Ref, text } from '@pdf-smaller/testing/pdf/values'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { addCompactFont, compactDescriptor, compositeFont } from '../../../testing/compact-font.ts'
import { difference, drawn, wordsOf } from '../../../testing/carried.ts'
import { compressBytes } from '../../../testing/context.ts'
import { standardEncoding } from '../../drawn-anew/standard-encoding.ts'
import { glyphNames } from '../../fonts/cff/glyph-names.ts'
import { isCidKeyed, readProgram } from '../../fonts/cff/program.ts'

const letters = [...standardEncoding()].map(([, name]) => name.slice(1))

type Parts = { Font: PdfValue; contents?: string; more?: PdfDictionary; catalogue?: PdfDictionary }

/** A page that is set in a font of its own. */
function documentOf(make: (writer: PdfWriter) => Parts): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const { Font, contents = '', more, catalogue } = make(writer)
  const Contents = writer.addStream({}, contents)
  const box = { MediaBox: [0, 0, 300, 60], Resources: { Font } }
  const page = writer.add({ Type: 'Page', Parent: tree, Contents, ...box, ...more })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree, ...catalogue })
  return writer.save({ Root: root })
}

const shown = (text: string) => `BT /F 12 Tf 20 30 Td ${text} Tj ET `

/** A font of a single glyph, an A that is drawn with the C of another font. */
const fontOfGlyphs = (writer: PdfWriter, F: Ref) => ({
  Subtype: 'Type3',
  FontBBox: [0, 0, 1, 1],
  FontMatrix: [0.1, 0, 0, 0.1, 0, 0],
  FirstChar: 65,
  LastChar: 65,
  Widths: [9],
  Encoding: { Differences: [65, 'a'] },
  CharProcs: { a: writer.addStream({}, `9 0 d0 ${shown('(C)')}`) },
  Resources: { Font: { F } },
})

/** The glyphs that fonts of a document still have, by name, or by character. */
async function glyphsIn(pdf: Buffer): Promise<unknown[]> {
  const json = await run(pdf, 'qpdf', [
    '--json=2',
    '--json-key=qpdf',
    '--json-stream-data=inline',
    '--decode-level=generalized',
    '{}',
  ])
  const programs = [...json.matchAll(/"data": "([^"]+)",\s+"dict": \{([^}]*)/g)].filter(([, , dict = '']) =>
    /Type1C|CIDFontType0C/.test(dict),
  )
  return programs.flatMap(([, data = '', dict = '']) => {
    const bytes = Buffer.from(data, 'base64')
    const program = readProgram(dict.includes('FlateDecode') ? inflateSync(bytes) : bytes)
    const names = program && isCidKeyed(program) ? program.charset : program && glyphNames(program)
    return (names ?? []).filter((_, glyph) => (program?.glyphs[glyph]?.length ?? 0) > 1)
  })
}

describe('glyphs of embedded fonts', () => {
  it('that nothing shows are gone, and the name of the font says so; what is shown is drawn as before', async () => {
    const input = documentOf((writer) => ({
      Font: { F: addCompactFont(writer, letters) },
      contents: shown('(Sum)'),
    }))
    const { output, result } = await compressBytes(input)
    expect(result).toMatchObject({ winner: 'surgical' })
    expect(result.ratio).toBeLessThan(0.4)
    expect(await glyphsIn(output)).toEqual(['S', 'm', 'u'])
    expect(await run(output, 'pdffonts', ['{}'])).toMatch(/[A-Z]{6}\+Made +Type 1C/)
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBe(0)
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
  })

  it('of composite fonts are those of their characters, where a font stands within other objects', async () => {
    const input = documentOf((writer) => ({
      Font: { F: compositeFont(writer, 400) },
      contents: shown('<000b 0100>'),
    }))
    const { output, result } = await compressBytes(input)
    expect(result.ratio).toBeLessThan(0.4)
    expect(await glyphsIn(output)).toEqual([11, 256])
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBe(0)
  })

  it('stay that forms, glyphs, patterns, hidden layers, annotations and templates show, whoever brings the font', async () => {
    const input = documentOf((writer) => {
      const F = addCompactFont(writer, letters)
      const box = { BBox: [0, 0, 99, 60] }
      const form = (contents: string, Resources?: PdfValue) =>
        writer.addStream({ Type: 'XObject', Subtype: 'Form', ...box, Resources }, contents)
      const G = { Type: 'Font', ...fontOfGlyphs(writer, F) }
      const Oc = writer.add({ Type: 'OCG', Name: 'Hidden' })
      const X = form(shown('(A)'))
      const Y = form('BT 20 30 Td (B) Tj ET')
      const N = form(shown('(D)'), { Font: { F } })
      const Annots = [{ Type: 'Annot', Subtype: 'Stamp', Rect: [0, 0, 99, 60], AP: { N } }]
      const Template = writer.add({
        Type: 'Template',
        MediaBox: [0, 0, 99, 60],
        Resources: { Font: { F } },
        Contents: [writer.addStream({}, shown('(E)'))],
      })
      return {
        Font: { F, G },
        contents: `/X Do q /F 9 Tf /Y Do Q /OC /Oc BDC ${shown('(H)')} EMC BT /G 9 Tf 9 9 Td (A) Tj ET`,
        more: { Resources: { Font: { F, G }, XObject: { X, Y }, Properties: { Oc } }, Annots },
        catalogue: {
          OCProperties: { OCGs: [Oc], D: { OFF: [Oc] } },
          Names: { Templates: { Names: ['one', Template] } },
        },
      }
    })
    const { output } = await compressBytes(input)
    expect(await glyphsIn(output)).toEqual(['A', 'B', 'C', 'D', 'E', 'H'])
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBe(0)
  })

  it('stay all that a code leads to where something may be filled in, or contents cannot be read', async () => {
    const fillable = documentOf((writer) => {
      const F = addCompactFont(writer, letters)
      const AcroForm = { Fields: [], DR: { Font: { F } } }
      return { Font: { F }, contents: shown('(Sum)'), catalogue: { AcroForm } }
    })
    const broken = documentOf((writer) => ({
      Font: { F: addCompactFont(writer, letters) },
      contents: `${shown('(Sum)')} ] (not closed`,
    }))
    const noted = documentOf((writer) => {
      const F = addCompactFont(writer, letters)
      const Annots = [{ Type: 'Annot', Subtype: 'FreeText', Rect: [0, 0, 9, 9], DA: text('/F 12 Tf') }]
      return { Font: { F }, contents: shown('(Sum)'), more: { Annots } }
    })
    const forExperts = documentOf((writer) => {
      const F = addCompactFont(writer, letters, { Encoding: { BaseEncoding: 'MacExpertEncoding' } })
      return { Font: { F }, contents: shown('(Sum)') }
    })
    for (const input of [fillable, broken, noted, forExperts]) {
      const { output } = await compressBytes(input)
      expect(await glyphsIn(output)).toHaveLength(letters.length)
      expect(await run(output, 'pdffonts', ['{}'])).not.toContain('+Made')
    }
  })

  it('stay that fonts without a type show, and what the Macintosh has under another code today', async () => {
    const input = documentOf((writer) => {
      const FontDescriptor = compactDescriptor(writer, letters)
      const F = addCompactFont(writer, letters, { FontDescriptor })
      const bare = {
        Subtype: 'Type1',
        BaseFont: 'Made',
        Encoding: 'WinAnsiEncoding',
        FirstChar: 65,
        LastChar: 65,
        Widths: [600],
        FontDescriptor,
      }
      const old = addCompactFont(writer, letters, { FontDescriptor, Encoding: 'MacRomanEncoding' })
      const G = fontOfGlyphs(writer, F)
      return {
        Font: { F, G, bare, old },
        contents: `${shown('(B)')} BT /bare 9 Tf (A) Tj /old 9 Tf <db> Tj /G 9 Tf (A) Tj ET`,
      }
    })
    const { output } = await compressBytes(input)
    expect(await glyphsIn(output)).toEqual(expect.arrayContaining(['A', 'B', 'C', 'currency']))
  })
})
