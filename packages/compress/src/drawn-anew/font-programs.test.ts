import { describe, expect, it } from 'vitest'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { difference, drawn, wordsOf } from '../../testing/carried.ts'
import { compressBytes } from '../../testing/context.ts'
import { addTypeOneFont } from '../../testing/type-one.ts'
import { builtInEncoding } from './built-in-encoding.ts'
import { standardEncoding } from './standard-encoding.ts'

/** The glyphs of ASCII, as the standard encoding names them. */
const names = [...standardEncoding()].filter(([code]) => code < 127).map(([, name]) => name.slice(1))

/** Tagged pages set in a Type 1 font that the form of the document may use as well. */
function documentInTypeOne(pages: number): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const F = addTypeOneFont(writer, names, names.length)
  const Kids = Array.from({ length: pages }, (_, index) => {
    const Contents = writer.addStream({}, `BT /F 12 Tf 20 30 Td (Sum ${index}: 1,234.50) Tj ET`)
    const Resources = { Font: { F } }
    return writer.add({ Type: 'Page', Parent: tree, MediaBox: [0, 0, 300, 60], Contents, Resources })
  })
  writer.set(tree, { Type: 'Pages', Count: Kids.length, Kids })
  const AcroForm = { Fields: [], DR: { Font: { F } } }
  writer.set(root, { Type: 'Catalog', Pages: tree, MarkInfo: { Marked: true }, AcroForm })
  return writer.save({ Root: root })
}

/** The same document with other letters in a place. */
async function withOtherLetters(pdf: Buffer): Promise<Buffer> {
  const unpacked = await run(pdf, 'sh', [
    '-c',
    'qpdf --qdf --stream-data=uncompress "$0" - | base64 -w0',
    '{}',
  ])
  const text = Buffer.from(unpacked, 'base64').toString('latin1')
  return Buffer.from(text.replaceAll('(Sum ', '(Zq@ '), 'latin1')
}

describe('Type 1 programs', () => {
  it('become Compact Font Format in a document of any length, with every glyph of their encoding', async () => {
    const input = documentInTypeOne(60)
    const { output, result } = await compressBytes(input)
    expect(result).toMatchObject({ winner: 'fonts' })
    expect(await run(output, 'pdffonts', ['{}'])).toMatch(/Type 1C +Custom +yes/)
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
    expect(difference(await drawn(input, 2), await drawn(output, 2))).toBeLessThan(0.1)
    // Letters that no page shows may be filled in.
    const [before, after] = await Promise.all([withOtherLetters(input), withOtherLetters(output)])
    expect(await wordsOf(after)).toContain('Zq@')
    expect(difference(await drawn(before, 2), await drawn(after, 2))).toBeLessThan(0.1)
  })

  it('say their encoding in several ways', () => {
    const said = (text: string) =>
      builtInEncoding(Buffer.from(`%!PS-AdobeFont-1.0: X\n${text}\ncurrentfile eexec`))
    expect(said('/Encoding StandardEncoding def')?.get(65)).toBe('/A')
    expect(said('/Encoding StandardEncoding readonly def')?.get(65)).toBe('/A')
    expect(said('/Encoding 256 array dup 80 /summationtext put readonly def')?.get(80)).toBe('/summationtext')
    expect(said('/Encoding MyEncoding def')).toBeUndefined()
  })
})
