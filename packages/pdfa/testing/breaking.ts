import { type PdfDictionary, type PdfValue, type Ref, text } from '@pdf-smaller/testing/pdf/values'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'

/** What a document has that an archive may not. */
export type Break = {
  name: string
  clause: string
  /** What is told of it; nothing where nothing is lost. */
  removed?: string
  make: (writer: PdfWriter) => {
    catalog?: PdfDictionary
    page?: PdfDictionary
    resources?: PdfDictionary
    image?: PdfDictionary
    annotations?: PdfValue[]
    content?: string
  }
}

const gray = {
  Type: 'XObject',
  Subtype: 'Image',
  Width: 4,
  Height: 2,
  ColorSpace: 'DeviceGray',
  BitsPerComponent: 8,
}
export const samples = Buffer.from([0, 64, 128, 255, 1, 2, 3, 4])
export const drawing = '0 1 0 rg 20 20 60 40 re f q 80 0 0 40 20 100 cm /Im Do Q'

/** A page with a rectangle and an image, and what breaks a rule. */
export function broken(make: Break['make']): Buffer {
  const writer = createWriter()
  const { catalog, page, resources, image, annotations, content } = make(writer)
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const Im = writer.addStream({ ...gray, ...image }, samples, { compress: false })
  const Contents = writer.addStream({}, content ?? drawing)
  const kid = writer.add({
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, 200, 200],
    Contents,
    Resources: { XObject: { Im }, ...resources },
    ...(annotations ? { Annots: annotations } : {}),
    ...page,
  })
  writer.set(tree, { Type: 'Pages', Kids: [kid], Count: 1 })
  writer.set(root, { Type: 'Catalog', Pages: tree, ...catalog })
  return writer.save({
    Root: root,
    Info: writer.add({ Title: text('A <small> paper & more'), Author: text('Ünal') }),
  })
}

const script = { S: 'JavaScript', JS: text('app.beep()') }
const note = (more: PdfDictionary): PdfDictionary => ({
  Type: 'Annot',
  Rect: [10, 10, 30, 30],
  F: 4,
  ...more,
})
const form = (writer: PdfWriter, more: PdfDictionary = {}, content = '0 g 0 0 9 9 re f'): Ref =>
  writer.addStream(
    { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 20, 20], Resources: {}, ...more },
    content,
  )
const field = { Subtype: 'Widget', FT: 'Btn', T: text('go') }
const file = (writer: PdfWriter): PdfDictionary => {
  const F = writer.addStream({ Type: 'EmbeddedFile' }, 'a,b')
  return { Type: 'Filespec', F: text('a.csv'), UF: text('a.csv'), EF: { F } }
}
const state = (entries: PdfDictionary): ReturnType<Break['make']> => ({
  resources: { ExtGState: { G: { Type: 'ExtGState', ...entries } } },
  content: '/G gs 0 1 0 rg 20 20 60 40 re f',
})

/** What the objects of a document can break, and how that is mended. */
export const breaks: Break[] = [
  {
    name: 'a script that runs on opening',
    clause: '6.5.1',
    removed: 'actions JavaScript',
    make: () => ({ catalog: { OpenAction: script } }),
  },
  {
    name: 'scripts by name',
    clause: '6.5.1',
    removed: 'JavaScript',
    make: () => ({ catalog: { Names: { JavaScript: { Names: [text('a'), script] } } } }),
  },
  {
    name: 'a program that a link starts',
    clause: '6.5.1',
    removed: 'actions Launch',
    make: () => ({ annotations: [note({ Subtype: 'Link', A: { S: 'Launch', F: text('a.exe') } })] }),
  },
  {
    name: 'a script behind a good action',
    clause: '6.5.1',
    removed: 'actions JavaScript',
    make: () => ({
      annotations: [
        note({ Subtype: 'Link', A: { S: 'URI', URI: text('https://example.org'), Next: [script] } }),
      ],
    }),
  },
  {
    name: 'actions of a page',
    clause: '6.5.2',
    removed: 'additional actions',
    make: () => ({ page: { AA: { O: { S: 'Named', N: 'NextPage' } } } }),
  },
  {
    name: 'an action of a form field',
    clause: '6.4.1',
    removed: 'actions of form fields',
    make: (writer) => ({
      annotations: [
        note({ ...field, A: { S: 'Named', N: 'NextPage' }, AP: { N: { Off: form(writer) } }, AS: 'Off' }),
      ],
    }),
  },
  {
    name: 'an XFA form',
    clause: '6.4.2',
    removed: 'the XFA form',
    make: () => ({ catalog: { AcroForm: { Fields: [], XFA: text('<xdp/>'), NeedAppearances: true } } }),
  },
  {
    name: 'sound',
    clause: '6.3.1',
    removed: 'annotations Sound',
    make: () => ({ annotations: [note({ Subtype: 'Sound' })] }),
  },
  {
    name: 'a hidden annotation',
    clause: '6.3.1',
    removed: 'annotations that are not shown',
    make: (writer) => ({ annotations: [note({ Subtype: 'Stamp', F: 2, AP: { N: form(writer) } })] }),
  },
  {
    name: 'an annotation that is not printed',
    clause: '6.3.2',
    make: (writer) => ({
      annotations: [note({ Subtype: 'Stamp', F: 0, AP: { N: form(writer), R: form(writer) } })],
    }),
  },
  {
    name: 'a note that viewers draw',
    clause: '6.3.3',
    removed: 'what annotations Text look like, which the file leaves open',
    make: () => ({ annotations: [note({ Subtype: 'Text', Contents: text('well') })] }),
  },
  {
    name: 'a button without states',
    clause: '6.3.3',
    make: (writer) => ({ annotations: [note({ ...field, AP: { N: form(writer) } })] }),
  },
  {
    name: 'a signature that the change breaks',
    clause: '6.4.3',
    removed: 'signatures',
    make: (writer) => {
      const V = { Type: 'Sig', Filter: 'Adobe.PPKLite', ByteRange: [0, 9, 19, 9], Contents: text('00') }
      const signature = { ...field, FT: 'Sig', V, AP: { N: form(writer) } }
      return { annotations: [note(signature)] }
    },
  },
  {
    name: 'an embedded file',
    clause: '6.8',
    removed: 'embedded files',
    make: (writer) => ({ catalog: { Names: { EmbeddedFiles: { Names: [text('a'), file(writer)] } } } }),
  },
  {
    name: 'layers without names that depend on zoom',
    clause: '6.9',
    removed: 'changes of layers when printed or zoomed',
    make: (writer) => {
      const [one, two] = ['One', 'Two'].map((Name) => writer.add({ Type: 'OCG', Name: text(Name) }))
      const groups = [one ?? null, two ?? null]
      return {
        catalog: {
          OCProperties: {
            OCGs: groups,
            D: { Order: groups.slice(0, 1), AS: [{ Event: 'Print', Category: ['Print'], OCGs: groups }] },
          },
        },
      }
    },
  },
  {
    name: 'an interpolated image',
    clause: '6.2.8',
    removed: 'interpolation of images',
    make: () => ({ image: { Interpolate: true } }),
  },
  {
    name: 'a transfer function',
    clause: '6.2.5',
    removed: 'transfer functions',
    make: () => state({ TR: 'Identity' }),
  },
  {
    name: 'a halftone',
    clause: '6.2.5',
    removed: 'halftones',
    make: () =>
      state({
        HT: {
          Type: 'Halftone',
          HalftoneType: 1,
          HalftoneName: text('own'),
          Frequency: 60,
          Angle: 45,
          SpotFunction: 'Round',
        },
      }),
  },
  { name: 'an unknown blend mode', clause: '6.2.10', make: () => state({ BM: 'Brilliant' }) },
  {
    name: 'inks without a meaning',
    clause: '6.2.4.3',
    make: () => ({ content: '1 0 0 0 k 20 20 60 40 re f' }),
  },
  {
    name: 'overprinting inks',
    clause: '6.2.4.2',
    removed: 'overprint mode',
    make: () => ({ ...state({ OP: true, op: true, OPM: 1 }), content: '/G gs 1 0 0 0 k 20 20 60 40 re f' }),
  },
  {
    name: 'transparency that is mixed in inks',
    clause: '6.2.4.3',
    removed: 'mixing of transparency in CMYK',
    make: () => ({ ...state({ ca: 0.5 }), page: { Group: { S: 'Transparency', CS: 'DeviceCMYK' } } }),
  },
  {
    name: 'a form that uses the resources of its page',
    clause: '6.2.2',
    make: (writer) => {
      const Im = writer.addStream({ ...gray }, samples)
      const Fm = form(writer, { Resources: undefined }, '20 0 0 20 0 0 cm /Im Do')
      return { resources: { XObject: { Im, Fm } }, content: '/Fm Do' }
    },
  },
  {
    name: 'PostScript',
    clause: '6.2.9',
    removed: 'PostScript',
    make: (writer) => ({
      resources: { XObject: { Im: writer.addStream({ Type: 'XObject', Subtype: 'PS' }, 'showpage') } },
    }),
  },
  {
    name: 'presentation steps',
    clause: '6.10',
    removed: 'presentation steps',
    make: () => ({ page: { PresSteps: { Type: 'NavNode' } } }),
  },
  {
    name: 'metadata of an image',
    clause: '6.6.2',
    removed: 'metadata of images and other parts',
    make: (writer) => ({
      image: { Metadata: writer.addStream({ Type: 'Metadata', Subtype: 'XML' }, '<x:own/>') },
    }),
  },
  {
    name: 'an output intent for a press',
    clause: '6.2.3',
    removed: 'output intents for other devices',
    make: () => ({
      catalog: { OutputIntents: [{ S: 'GTS_PDFX', OutputConditionIdentifier: text('FOGRA39') }] },
    }),
  },
]
