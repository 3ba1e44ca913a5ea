import { describe, expect, it } from 'vitest'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { carried, colourfulness, shadesPart } from '../../../testing/carried.ts'
import { compressBytes } from '../../../testing/context.ts'

/** A coloured page with all that may bring colours along: a form, a pattern, an appearance, a frame, a veil. */
function colourfulPage(): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const box = [0, 0, 80, 80]
  const own = { Type: 'XObject', Subtype: 'Form', BBox: box }
  const padding = '% A comment that nobody needs, to leave something to gain.\n'.repeat(99)
  const form = writer.addStream(own, '1 0 0 RG 5 w 9 9 60 60 re S')
  const appearance = writer.addStream(own, '0 0.4 1 rg 0 0 80 80 re f 1 1 0 rg 30 30 5 5 re f')
  const tile = {
    PatternType: 1,
    PaintType: 1,
    TilingType: 1,
    BBox: [0, 0, 9, 9],
    XStep: 9,
    YStep: 9,
    Resources: {},
  }
  const pattern = writer.addStream(tile, '0 0.5 0 rg 0 0 4 4 re f')
  const contents = `${padding} 1 1 0.8 rg 0 0 300 200 re f q 1 0 0 1 10 10 cm /X Do Q /Pattern cs /P scn 110 10 80 80 re f
    /Veil gs 0 0 1 rg 110 110 80 80 re f`
  const note = { Type: 'Annot', Subtype: 'Stamp', Rect: [200, 10, 280, 90], F: 4, AP: { N: appearance } }
  const link = { Type: 'Annot', Subtype: 'Link', Rect: [10, 110, 90, 190], C: [1, 0, 0], Border: [0, 0, 3] }
  const A = { S: 'URI', URI: { token: '(https://example.org)' } }
  const page = {
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, 300, 200],
    Contents: writer.addStream({}, contents, { compress: false }),
    Resources: { XObject: { X: form }, Pattern: { P: pattern }, ExtGState: { Veil: { ca: 0.6 } } },
    Annots: [writer.add(note), writer.add({ ...link, A })],
  }
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [writer.add(page)] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}

describe('a document in black and white', () => {
  it('has no colour or shade left anywhere', async () => {
    const input = colourfulPage()
    const { output, result } = await compressBytes(input, { colours: 'black-white' })
    expect(result.gain).toBe('smaller')
    expect(await colourfulness(input)).toBeGreaterThan(200)
    expect(await colourfulness(output)).toBe(0)
    expect(await shadesPart(output, 1)).toBeLessThan(0.005)
    expect(await carried(output)).toEqual(await carried(input))
  })
})
