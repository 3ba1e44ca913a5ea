import type { PdfDictionary } from '@pdf-smaller/testing/pdf/values'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'

/** A page of a kind that renderers may disagree on. */
type OddPage = { entries?: PdfDictionary; resources?: PdfDictionary; content: string }

const mark =
  '0.8 0.1 0.1 rg 30 40 120 60 re f 0 0.3 0.7 rg 60 150 200 30 re f 0 g BT /F 18 Tf 40 220 Td (Upright) Tj ET'
const size = { MediaBox: [0, 0, 300, 400] }

/** Pages that are rotated, cropped, painted with inks over each other, see-through, and in a font that is not there. */
export const oddPages: Record<string, OddPage> = {
  rotated: { entries: { ...size, Rotate: 90 }, content: mark },
  'upside down': { entries: { ...size, Rotate: 180 }, content: mark },
  cropped: { entries: { ...size, CropBox: [20, 30, 220, 330] }, content: mark },
  'cropped and rotated': { entries: { ...size, CropBox: [20, 30, 220, 330], Rotate: 270 }, content: mark },
  'away from the origin': { entries: { MediaBox: [-100, -50, 200, 350] }, content: mark },
  overprinted: {
    resources: { ExtGState: { G: { Type: 'ExtGState', OP: true, op: true, OPM: 1 } } },
    content: '0 0 1 0 k 40 40 200 200 re f /G gs 1 0 0 0 k 100 100 180 240 re f 0 0 0 1 k 20 300 260 40 re f',
  },
  'see-through': {
    resources: { ExtGState: { G: { Type: 'ExtGState', ca: 0.4, BM: 'Multiply' } } },
    content: '1 0.8 0 rg 40 40 180 200 re f /G gs 0 0.4 0.9 rg 100 100 180 240 re f',
  },
  'in a missing font': {
    resources: {
      Font: { F: { Type: 'Font', Subtype: 'TrueType', BaseFont: 'NoSuchSans', Encoding: 'WinAnsiEncoding' } },
    },
    content: 'BT /F 24 Tf 30 300 Td (Not embedded) Tj 0 -60 Td (and not here) Tj ET',
  },
}

/** A document of one of those pages. */
export function oddPage(name: string): Buffer {
  const { entries = size, resources = {}, content } = oddPages[name] ?? { content: '' }
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const F = writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' })
  const Contents = writer.addStream({}, content)
  const Resources = { Font: { F }, ...resources }
  const page = writer.add({ Type: 'Page', Parent: tree, ...entries, Resources, Contents })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}
