import { describe, expect, it } from 'vitest'
import type { PdfDictionary, PdfValue } from '@pdf-smaller/testing/pdf/values'
import { createWriter, type PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { difference, drawn, wordsOf } from '../../../testing/carried.ts'
import { compressBytes } from '../../../testing/context.ts'

type Page = { contents: (string | Buffer)[]; Resources?: PdfValue }

function documentOf(pagesOf: (writer: PdfWriter) => Page[]): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const Kids = pagesOf(writer).map(({ contents, Resources = {} }) => {
    const Contents = contents.map((each) => writer.addStream({}, each))
    return writer.add({ Type: 'Page', Parent: tree, MediaBox: [0, 0, 300, 200], Contents, Resources })
  })
  writer.set(tree, { Type: 'Pages', Count: Kids.length, Kids })
  // Contents that tags point into are not drawn anew.
  writer.set(root, { Type: 'Catalog', Pages: tree, MarkInfo: { Marked: true } })
  return writer.save({ Root: root })
}

/** A chart as programs write it: every point with more digits than can be seen. */
const chart = (points: number, scale = 1) =>
  Array.from({ length: points }, (_, at) => {
    const [x, y] = [(at * 280) / points + 10, 100 + 80 * Math.sin(at / 7) * Math.cos(at / 31)]
    return `0 0.400000 0.800000 RG ${(1 / scale).toFixed(6)} w ${(x / scale).toFixed(9)} ${(y / scale).toFixed(9)} m ${((x + 3) / scale).toFixed(9)} ${(y / scale + 1).toFixed(9)} l S\n`
  }).join('')

const image = (width: number, height: number, entries: string, data: Uint8Array) =>
  Buffer.concat([Buffer.from(`BI /W ${width} /H ${height} ${entries} ID `), data, Buffer.from('\nEI\n')])
const shades = (count: number) => Uint8Array.from({ length: count }, (_, at) => 90 + (((at * at) >> 6) % 120))
const unpacked = (pdf: Buffer) =>
  run(pdf, 'qpdf', ['--qdf', '--normalize-content=n', '--warning-exit-0', '{}', '-'])
const asJson = (pdf: Buffer) => run(pdf, 'qpdf', ['--json=2', '--json-key=qpdf', '{}'])
const form = (writer: PdfWriter, contents: string, more: PdfDictionary = {}) =>
  writer.addStream({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 300, 200], ...more }, contents)

describe('contents of pages', () => {
  it('lose the digits that nobody sees, and look and read as before', async () => {
    const input = documentOf((writer) => {
      const F = writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' })
      const text = 'BT /F 12.000000 Tf 21.0000001 23.700002 Td (Sum \\(of all\\): 1,234.50) Tj ET\n'
      // A stream may end between operands.
      const contents = [`q ${chart(900)}`, `Q ${text} 0 0 1 `, 'RG 5 5 290 190 re S']
      return [{ contents, Resources: { Font: { F } } }]
    })
    const { output, result } = await compressBytes(input)
    expect(result).toMatchObject({ winner: 'surgical' })
    expect(output.length).toBeLessThan(input.length * 0.8)
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBeLessThan(0.1)
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
  })

  it('stay as they are on a page that cannot be read to its end, while others gain', async () => {
    const broken = `${chart(300)} (never closed`
    const input = documentOf(() => [{ contents: [chart(900)] }, { contents: [broken] }])
    const { output } = await compressBytes(input)
    const plain = await unpacked(output)
    expect(plain.includes('0.400000 0.800000 RG')).toBe(true)
    expect(plain.includes('never closed')).toBe(true)
    expect(plain.includes('0 .4 .8 RG')).toBe(true)
  })

  it('keep the digits of forms that are drawn large, or by a pattern', async () => {
    const input = documentOf((writer) => {
      const X = form(writer, chart(300, 1000))
      const drawnTwice = form(writer, chart(200, 1000))
      const cell = { Type: 'Pattern', PatternType: 1, PaintType: 1, TilingType: 1, BBox: [0, 0, 9, 9] }
      const P = writer.addStream(
        { ...cell, XStep: 9, YStep: 9, Resources: { XObject: { Y: drawnTwice } } },
        '1000 0 0 1000 0 0 cm /Y Do',
      )
      const contents = [
        'q 1000 0 0 1000 0 0 cm /X Do Q q .001 0 0 .001 0 0 cm /Y Do Q /Pattern cs /P scn 0 0 99 99 re f',
      ]
      return [{ contents, Resources: { XObject: { X, Y: drawnTwice }, Pattern: { P } } }]
    })
    const { output } = await compressBytes(input)
    const plain = await unpacked(output)
    // A thousandth of a point is six decimals at such a scale.
    expect(/ \.\d{6} m /.test(plain)).toBe(true)
    expect(/ 0?\.\d{9} m /.test(plain)).toBe(true)
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBeLessThan(0.1)
  })
})

describe('inline images of size', () => {
  it('become objects, and are encoded as those are', async () => {
    const entries = '/BPC 8 /CS /G'
    const input = documentOf(() => [
      { contents: ['q 280 0 0 180 10 10 cm ', image(600, 400, entries, shades(240_000)), 'Q '] },
    ])
    const { output, result } = await compressBytes(input)
    expect(result).toMatchObject({ gain: 'smaller' })
    expect(result.images[0]).toMatchObject({ count: 1 })
    expect(await asJson(output)).toContain('/Image')
    expect(output.length).toBeLessThan(input.length * 0.8)
  })

  it('look the same in every colour space and filter, and equal ones become one', async () => {
    const table = `[/I /RGB 3 <ff000000ff000000ffffffff>]`
    const hex = Buffer.from(`${Buffer.from(shades(1200)).toString('hex')}>`)
    const one = image(40, 30, '/BPC 8 /CS /G /F /AHx', hex)
    const input = documentOf(() => [
      {
        contents: [
          Buffer.concat([
            Buffer.from('q 90 0 0 90 5 5 cm '),
            image(80, 60, `/BPC 2 /CS ${table}`, shades(1200)),
            Buffer.from('Q q 90 0 0 90 105 5 cm '),
            one,
            Buffer.from('Q 1 0 0 rg q 90 0 0 90 205 5 cm '),
            image(100, 100, '/IM true /D [1 0]', shades(1300)),
            Buffer.from('Q q 90 0 0 90 5 105 cm '),
            one,
            Buffer.from(`Q ${chart(300)} q 90 0 0 90 105 105 cm `),
            image(30, 30, '/BPC 8 /CS /RGB', shades(2700)),
            Buffer.from('Q'),
          ]),
        ],
      },
    ])
    const { output } = await compressBytes(input, { level: 'low' })
    expect(difference(await drawn(input, 1), await drawn(output, 1))).toBeLessThan(0.5)
    expect((await asJson(output)).match(/"\/Subtype": "\/Image"/g)).toHaveLength(4)
  })

  it('stay where they are not understood', async () => {
    const input = documentOf(() => [
      {
        contents: [
          'q 90 0 0 90 5 5 cm ',
          image(40, 40, '/BPC 8 /CS /Nowhere', shades(1600)),
          `Q ${chart(900)}`,
        ],
      },
      { contents: ['q 90 0 0 90 5 5 cm ', image(40, 60, '/BPC 8 /CS /G', shades(1600)), `Q ${chart(900)}`] },
    ])
    const { output } = await compressBytes(input)
    expect(await asJson(output)).not.toContain('/Image')
  })
})
