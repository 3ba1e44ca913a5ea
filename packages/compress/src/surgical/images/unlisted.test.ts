import { expect, it } from 'vitest'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { compressBytes } from '../../../testing/context.ts'

const side = 600
const samples = Buffer.from(
  Array.from({ length: side * side }, (_, at) => ((at % side) * 7 + Math.floor(at / side) * 3) % 251),
)

type Drawn = { page: object; resources: object; catalog: object }
type Reference = ReturnType<PdfWriter['add']>

/** A page that draws an image in the size of a stamp, and has it in another place as well. */
function withStamp(elsewhere: (writer: PdfWriter, image: Reference) => Partial<Drawn>): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const kind = { Type: 'XObject', Subtype: 'Image', Width: side, Height: side, BitsPerComponent: 8 }
  const image = writer.addStream({ ...kind, ColorSpace: 'DeviceGray' }, samples)
  const { page, resources, catalog } = elsewhere(writer, image)
  const Contents = writer.addStream(
    {},
    'q 20 0 0 20 9 9 cm /I Do Q /Later Do /Pattern cs /P scn 0 90 9 9 re f',
  )
  const Resources = { XObject: { I: image }, ...resources }
  const only = { Type: 'Page', Parent: tree, MediaBox: [0, 0, 600, 600], Contents, Resources, ...page }
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [writer.add(only)] })
  writer.set(root, { Type: 'Catalog', Pages: tree, ...catalog })
  return writer.save({ Root: root })
}

const box = { BBox: [0, 0, 600, 600] }
const large = 'q 600 0 0 600 0 0 cm /I Do Q'
const widths = async (pdf: Buffer) =>
  [...(await run(pdf, 'qpdf', ['--qdf', '{}', '-'])).matchAll(/\/Width (\d+)/g)].map(([, each]) =>
    Number(each),
  )

it('an image that is only small on its pages becomes smaller', async () => {
  const { output } = await compressBytes(withStamp(() => ({})))
  expect(Math.max(...(await widths(output)))).toBeLessThan(200)
})

it.each<[string, (writer: PdfWriter, image: Reference) => Partial<Drawn>]>([
  [
    'a pattern',
    (writer, I) => {
      const kind = { PatternType: 1, PaintType: 1, TilingType: 1, XStep: 600, YStep: 600 }
      const P = writer.addStream({ ...kind, ...box, Resources: { XObject: { I } } }, large)
      return { resources: { XObject: { I }, Pattern: { P } } }
    },
  ],
  [
    'an appearance that comes up later',
    (writer, I) => {
      const form = { Type: 'XObject', Subtype: 'Form', ...box, Resources: { XObject: { I } } }
      const [N, D] = [writer.addStream({ ...form, Resources: {} }, ''), writer.addStream(form, large)]
      const button = { Type: 'Annot', Subtype: 'Stamp', Rect: [0, 0, 600, 600], F: 4, AP: { N, D } }
      return { page: { Annots: [writer.add(button)] } }
    },
  ],
  [
    'a layer that is off',
    (writer, I) => {
      const OC = writer.add({ Type: 'OCG', Name: 'off' })
      const form = { Type: 'XObject', Subtype: 'Form', ...box, OC, Resources: { XObject: { I } } }
      const resources = { XObject: { I, Later: writer.addStream(form, large) } }
      return { resources, catalog: { OCProperties: { OCGs: [OC], D: { OFF: [OC] } } } }
    },
  ],
])('an image that %s draws, too, keeps its resolution', async (_, elsewhere) => {
  const { output } = await compressBytes(withStamp(elsewhere))
  expect(Math.max(...(await widths(output)))).toBe(side)
})
