import { expect, it } from 'vitest'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { carried, difference, drawn } from '../../testing/carried.ts'
import { compressBytes } from '../../testing/context.ts'

/** A page with fields, whose appearances each bring their resources along, and shadings that are alike. */
function formOf(fields: number): Buffer {
  const writer = createWriter()
  const [root, tree, page] = [writer.reserve(), writer.reserve(), writer.reserve()]
  const Helv = writer.add({
    Type: 'Font',
    Subtype: 'Type1',
    BaseFont: 'Helvetica',
    Encoding: 'WinAnsiEncoding',
  })
  const Annots = Array.from({ length: fields }, (_, at) => {
    const N = writer.addStream(
      {
        Type: 'XObject',
        Subtype: 'Form',
        FormType: 1,
        Matrix: [1, 0, 0, 1, 0, 0],
        BBox: [0, 0, 40, 12],
        Resources: { Font: { Helv }, ProcSet: ['PDF', 'Text'] },
      },
      `/Tx BMC q BT /Helv 8 Tf 2 3 Td (${at % 7}) Tj ET Q EMC`,
    )
    const Rect = [
      10 + 50 * (at % 5),
      10 + 14 * Math.floor(at / 5),
      50 + 50 * (at % 5),
      22 + 14 * Math.floor(at / 5),
    ]
    const field = { FT: 'Tx', T: `field${at}`, V: String(at % 7), DA: '/Helv 8 Tf 0 g', F: 4, P: page }
    return writer.add({ Type: 'Annot', Subtype: 'Widget', Rect, AP: { N }, ...field })
  })
  const shadings = [1, 2].map(() => {
    const Function = writer.add({ FunctionType: 2, Domain: [0, 1], C0: [1, 0, 0], C1: [0, 0, 1], N: 1 })
    return writer.add({ ShadingType: 2, ColorSpace: 'DeviceRGB', Coords: [0, 0, 300, 0], Function })
  })
  const [A = null, B = null] = shadings
  const Contents = writer.addStream({}, 'q 0 180 150 20 re W n /A sh Q q 150 180 150 20 re W n /B sh Q')
  const Resources = { Shading: { A, B } }
  writer.set(page, { Type: 'Page', Parent: tree, MediaBox: [0, 0, 300, 200], Contents, Resources, Annots })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree, AcroForm: { Fields: Annots, DR: { Font: { Helv } } } })
  return writer.save({ Root: root })
}

it('appearances that are alike become one, and others share their resources; so do shadings and functions', async () => {
  const input = formOf(60)
  const { output } = await compressBytes(input)
  const json = await run(output, 'qpdf', ['--json=2', '--json-key=qpdf', '{}'])
  const count = (pattern: RegExp) => json.match(pattern)?.length
  expect(count(/"\/Subtype": "\/Form"/g)).toBe(7)
  expect(count(/"\/Helv": /g)).toBeLessThan(4)
  expect(count(/FormType|"\/Matrix"|"\/ProcSet"|"\/XObject"/g)).toBeUndefined()
  expect(count(/"\/ShadingType"/g)).toBe(1)
  expect(count(/"\/FunctionType"/g)).toBe(1)
  expect(await carried(output)).toEqual(await carried(input))
  expect(difference(await drawn(input, 1), await drawn(output, 1))).toBe(0)
})
