import { describe, expect, it } from 'vitest'
import type { PdfDictionary, PdfValue, Ref } from '@pdf-smaller/testing/pdf/values'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { difference, drawn } from '../../../testing/carried.ts'
import { compressBytes } from '../../../testing/context.ts'

type Page = { contents: string; Resources?: PdfValue; more?: PdfDictionary }

/** A document of such pages; `inheritable` stands above them. */
function documentOf(
  pagesOf: (writer: PdfWriter) => Page[],
  { inheritable, catalogue }: { inheritable?: Ref; catalogue?: PdfDictionary } = {},
  writer = createWriter(),
): Buffer {
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const Kids = pagesOf(writer).map(({ contents, Resources, more }) => {
    const Contents = writer.addStream({}, contents)
    return writer.add({
      Type: 'Page',
      Parent: tree,
      MediaBox: [0, 0, 300, 200],
      Contents,
      Resources,
      ...more,
    })
  })
  const above = inheritable ? { Resources: inheritable } : {}
  writer.set(tree, { Type: 'Pages', Count: Kids.length, Kids, ...above })
  writer.set(root, { Type: 'Catalog', Pages: tree, ...catalogue })
  return writer.save({ Root: root })
}

const font = (writer: PdfWriter, BaseFont: string) => writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont })
const form = (writer: PdfWriter, contents: string, more: PdfDictionary = {}) =>
  writer.addStream({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 99, 99], ...more }, contents)
const text = (name: string) => `BT /${name} 20 Tf 20 50 Td (Kept) Tj ET `

/** The fonts that a document holds after compression, which must not have changed its look. */
async function fontsLeft(input: Buffer): Promise<string[]> {
  const { output } = await compressBytes(input)
  expect(difference(await drawn(input, 3), await drawn(output, 3))).toBe(0)
  const json = await run(output, 'qpdf', ['--json=2', '--json-key=qpdf', '{}'])
  return [...json.matchAll(/"\/BaseFont": "\/([^"]+)"/g)].map(([, name = '']) => name).sort()
}

describe('resources that no content names', () => {
  it('are dropped with their objects, of every kind', async () => {
    const noise = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * at * 31) >> 7))
    const input = documentOf((writer) => {
      const image = { Type: 'XObject', Subtype: 'Image', Width: 200, Height: 200 }
      const I = writer.addStream({ ...image, ColorSpace: 'DeviceGray', BitsPerComponent: 8 }, noise)
      const states = { Used: writer.add({ CA: 1 }), Unused: writer.add({ CA: 0.5 }) }
      const Font = { F1: font(writer, 'Courier'), F2: font(writer, 'Times-Roman') }
      return [{ contents: `/Used gs ${text('F1')}`, Resources: { Font, XObject: { I }, ExtGState: states } }]
    })
    const { output, result } = await compressBytes(input)
    const json = await run(output, 'qpdf', ['--json=2', '--json-key=qpdf', '{}'])
    expect(json).toContain('/Used')
    expect(json).not.toMatch(/\/Unused|Times-Roman|\/Image/)
    expect(result).toMatchObject({ winner: 'surgical', images: [] })
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBe(0)
  })

  it('stay where another page names them, inherited or not', async () => {
    const writer = createWriter()
    const fonts = ['Courier', 'Times-Roman', 'Helvetica'].map((name) => font(writer, name))
    const [F1 = null, F2 = null, F3 = null] = fonts
    const inheritable = writer.add({ Font: writer.add({ F1, F2, F3 }) })
    const pages = () => [{ contents: text('F1') }, { contents: text('F#32') }]
    expect(await fontsLeft(documentOf(pages, { inheritable }, writer))).toEqual(['Courier', 'Times-Roman'])
  })

  it('stay where a form without resources of its own names them', async () => {
    const input = documentOf((writer) => {
      const Font = { F1: font(writer, 'Courier'), F2: font(writer, 'Times-Roman') }
      const own = { Font: { F1: font(writer, 'Helvetica'), F9: font(writer, 'Helvetica-Bold') } }
      const XObject = { X1: form(writer, text('F1')), X2: form(writer, text('F1'), { Resources: own }) }
      return [{ contents: '/X1 Do q 1 0 0 1 99 0 cm /X2 Do Q', Resources: { Font, XObject } }]
    })
    expect(await fontsLeft(input)).toEqual(['Courier', 'Helvetica'])
  })

  it('stay where the form of the document refers to them as well', async () => {
    const writer = createWriter()
    const Font = writer.add({ F1: font(writer, 'Courier'), F2: font(writer, 'Times-Roman') })
    const catalogue = { AcroForm: { Fields: [], DR: { Font } } }
    const pages = () => [{ contents: text('F1'), Resources: { Font } }]
    expect(await fontsLeft(documentOf(pages, { catalogue }, writer))).toEqual(['Courier', 'Times-Roman'])
  })

  it('stay where the content cannot be read to its end, and what looks like a name there may be one', async () => {
    const input = documentOf((writer) => {
      const names = ['Courier', 'Times-Roman', 'Helvetica']
      const [F1 = null, F2 = null, F3 = null] = names.map((name) => font(writer, name))
      return [{ contents: `${text('F1')} ] (not closed /F2 20 Tf`, Resources: { Font: { F1, F2, F3 } } }]
    })
    expect(await fontsLeft(input)).toEqual(['Courier', 'Times-Roman'])
  })
})
