import { type PdfDictionary, type PdfValue, type Ref, text } from '@pdf-smaller/testing/pdf/values'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'

/** What stands in everything that only one of the pages shows; pages are counted from 1. */
export const markOf = (page: number, what = ''): string => `mark-${what}-of-page-${page}-`
const kinds = [
  'image',
  'form',
  'deep',
  'glyph',
  'tile',
  'mask',
  'curve',
  'palette',
  'property',
  'appearance',
  'layer',
] as const
export const marksOf = (page: number): string[] => kinds.map((kind) => markOf(page, kind))

/**
 * A document whose pages all have the same resources, inherited, of every kind that contents name. Each page uses those
 * that bear its number, by forms without resources of their own, forms three deep, patterns, glyphs, masks and the like.
 */
export function sharedResources(pages: number): Buffer {
  const writer = createWriter()
  const [root, tree, resources] = [writer.reserve(), writer.reserve(), writer.reserve()]
  const byKind: Record<string, Record<string, PdfValue>> = {}
  const put = (kind: string, name: string, value: PdfValue) => {
    byKind[kind] = { ...byKind[kind], [name]: value }
  }
  const [Kids, layers]: [Ref[], Ref[]] = [[], []]
  for (let page = 1; page <= pages; page++) {
    const n = String(page)
    const form = formIn(writer, page)
    put('XObject', `Im${n}`, imageOf(writer, page))
    put('XObject', `Fm${n}`, form('form', `q 30 0 0 30 10 10 cm /Im${n} Do Q`))
    const third = form('deep', `0 0.5 ${page / pages} rg 60 10 20 20 re f`)
    const second = form('', '/Third Do', { Resources: { XObject: { Third: third } } })
    put('XObject', `Dp${n}`, form('', '/Second Do', { Resources: { XObject: { Second: second } } }))
    put('Font', `Ty${n}`, glyphsOf(writer, page))
    put('Pattern', `Pa${n}`, tileOf(writer, page))
    put('ExtGState', `Gs${n}`, writer.add({ SMask: maskOf(writer, form) }))
    put('Shading', `Sh${n}`, shadingOf(writer, page))
    put('ColorSpace', `Cs${n}`, ['Indexed', 'DeviceRGB', 1, writer.addStream({}, palette(page))])
    const Metadata = writer.addStream({ Type: 'Metadata' }, markOf(page, 'property'))
    const layer = writer.add({ Type: 'OCG', Name: text(markOf(page, 'layer')), Metadata })
    put('Properties', `Pr${n}`, layer)
    layers.push(layer)
    const contents = `/OC /Pr${n} BDC /F#6d${n} Do /Dp${n} Do EMC BT /Ty${n} 20 Tf 100 20 Td (a) Tj ET
      /Pattern cs /Pa${n} scn 150 10 40 40 re f q /Gs${n} gs 1 0 0 rg 10 100 40 40 re f Q
      q 60 100 40 40 re W n /Sh${n} sh Q q 40 0 0 40 110 100 cm
      BI /W 2 /H 1 /BPC 1 /CS /Cs${n} ID \x40 EI Q q 30 0 0 30 200 10 cm /Im${n} Do Q`
    // Streams of one page may be cut wherever a token ends.
    const cut = contents.indexOf('Do')
    const Contents = [contents.slice(0, cut), contents.slice(cut)].map((part) => writer.addStream({}, part))
    const Annots = [
      writer.add({
        Type: 'Annot',
        Subtype: 'Stamp',
        Rect: [200, 100, 240, 140],
        F: 4,
        AP: { N: form('appearance', `q 40 0 0 40 0 0 cm /Im${n} Do Q`, { BBox: [0, 0, 40, 40] }) },
      }),
    ]
    Kids.push(writer.add({ Type: 'Page', Parent: tree, Contents, Annots }))
  }
  writer.set(resources, byKind)
  const shared = { Resources: resources, MediaBox: [0, 0, 260, 160] }
  writer.set(tree, { Type: 'Pages', Count: Kids.length, Kids, ...shared })
  writer.set(root, {
    Type: 'Catalog',
    Pages: tree,
    OCProperties: { OCGs: layers, D: { Order: layers, ON: layers } },
  })
  return writer.save({ Root: root })
}

function formIn(writer: PdfWriter, page: number) {
  return (what: string, contents: string, more: PdfDictionary = {}): Ref =>
    writer.addStream(
      { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 260, 160], ...more },
      `% ${markOf(page, what)}\n${contents}`,
    )
}

/** Grey samples, which begin with the mark. */
function imageOf(writer: PdfWriter, page: number): Ref {
  const samples = Buffer.from(markOf(page, 'image').padEnd(30, 'x'))
  const size = { Width: 5, Height: 6, BitsPerComponent: 8, ColorSpace: 'DeviceGray' }
  return writer.addStream({ Type: 'XObject', Subtype: 'Image', ...size }, samples)
}

function glyphsOf(writer: PdfWriter, page: number): Ref {
  const a = writer.addStream(
    {},
    `1000 0 0 0 900 900 d1 % ${markOf(page, 'glyph')}\n0 0 ${300 + 50 * page} 900 re f`,
  )
  return writer.add({
    Type: 'Font',
    Subtype: 'Type3',
    FontBBox: [0, 0, 1000, 1000],
    FontMatrix: [0.001, 0, 0, 0.001, 0, 0],
    CharProcs: { a },
    Encoding: { Type: 'Encoding', Differences: [97, 'a'] },
    FirstChar: 97,
    LastChar: 97,
    Widths: [1000],
  })
}

function tileOf(writer: PdfWriter, page: number): Ref {
  const cell = { BBox: [0, 0, 10, 10], XStep: 10, YStep: 10 }
  return writer.addStream(
    { Type: 'Pattern', PatternType: 1, PaintType: 1, TilingType: 1, ...cell, Resources: {} },
    `% ${markOf(page, 'tile')}\n0 0 1 rg 0 0 ${page + 2} 5 re f`,
  )
}

const maskOf = (writer: PdfWriter, form: ReturnType<typeof formIn>): PdfDictionary => ({
  Type: 'Mask',
  S: 'Luminosity',
  G: form('mask', '0.5 g 0 0 260 160 re f', { Group: { S: 'Transparency', CS: 'DeviceGray' } }),
})

function shadingOf(writer: PdfWriter, page: number): Ref {
  const range = { Domain: [0, 1], Range: [0, 1, 0, 1, 0, 1] }
  const Function = writer.addStream(
    { FunctionType: 4, ...range },
    `{ dup 1 exch sub 0.${page} } % ${markOf(page, 'curve')}`,
  )
  return writer.add({ ShadingType: 2, ColorSpace: 'DeviceRGB', Coords: [60, 0, 100, 0], Function })
}

const palette = (page: number) => markOf(page, 'palette')
