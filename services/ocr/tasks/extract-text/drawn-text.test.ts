import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDocument, type Page } from '@pdf-smaller/testing/pdf/document'
import { writtenPages } from '@pdf-smaller/testing/pdf/writing-systems'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { extractText } from './task.ts'

const Json = z.object({
  pages: z.array(
    z.object({
      blocks: z.array(
        z.object({
          lines: z.array(
            z.object({
              text: z.string(),
              words: z.array(z.object({ text: z.string(), box: z.array(z.number()).length(4) })),
            }),
          ),
        }),
      ),
    }),
  ),
})

async function extract(bytes: Buffer, options: object = {}): Promise<string> {
  const { outputs } = await runTask(extractText, [{ name: 'doc.pdf', bytes }], options)
  return outputs[0]?.bytes.toString() ?? ''
}

/** Each page in all formats; of JSON the texts of its lines, and its words. */
async function inAllFormats(pdf: Buffer) {
  const [text, layout, markdown, json] = await Promise.all([
    extract(pdf),
    extract(pdf, { layout: true }),
    extract(pdf, { format: 'markdown' }),
    extract(pdf, { format: 'json' }),
  ])
  const pages = Json.parse(JSON.parse(json)).pages.map(({ blocks }) => blocks.flatMap(({ lines }) => lines))
  return {
    texts: text.split('\f').map((page) => page.trim()),
    layouts: layout.split('\f').map((page) => page.trim()),
    markdown,
    lines: pages.map((lines) => lines.map((line) => line.text)),
    words: pages.map((lines) => lines.flatMap((line) => line.words)),
  }
}

/** Text matrices (ISO 32000-1, 9.4.2) that turn counterclockwise by so many degrees. */
const matrices = { 0: '1 0 0 1', 90: '0 1 -1 0', 180: '-1 0 0 -1', 270: '0 -1 1 0' }
type Angle = keyof typeof matrices
const angles = [0, 90, 180, 270] as const

/** Pages on which each text stands at a place that is counted from where reading begins, along lines and across them. */
function turnedPages(
  pages: readonly {
    angle: Angle
    rotate?: number
    texts: readonly [along: number, down: number, text: string][]
  }[],
): Buffer {
  const document = createDocument({ title: 'Turned' })
  for (const { angle, rotate = 0, texts } of pages) {
    const page = document.page({ width: 600, height: 800 })
    page.entries['Rotate'] = rotate
    page.entries['Resources'] = { Font: { F: document.font('Helvetica') } }
    for (const [along, down, text] of texts) {
      const [x, y] = {
        0: [along, 800 - down],
        90: [down, along],
        180: [600 - along, down],
        270: [600 - down, 800 - along],
      }[angle] as [number, number]
      page.operators(`BT /F 12 Tf ${matrices[angle]} ${x} ${y} Tm (${text}) Tj ET`)
    }
  }
  return document.save()
}

describe('text that lies on its side', () => {
  const lines = ['The quick brown fox jumps', 'over the lazy dog and runs']

  it('keeps its spaces, turned by itself or with its page', async () => {
    const texts = lines.map((line, index): [number, number, string] => [60, 100 + index * 14, line])
    const pages = angles.flatMap((angle) => angles.map((rotate) => ({ angle, rotate, texts })))
    const all = await inAllFormats(turnedPages(pages))
    expect(all.texts).toEqual(pages.map(() => lines.join('\n')))
    expect(all.layouts).toEqual(pages.map(() => lines.join('\n')))
    expect(all.lines).toEqual(pages.map(() => lines))
    expect(all.markdown.trim().split(/\n\n/)).toEqual(pages.map(() => lines.join(' ')))
  })

  it('is no heading and no table beside text that stands upright', async () => {
    const document = createDocument({ title: 'Margin' })
    const page = document.page({ width: 600, height: 800 })
    page.entries['Resources'] = { Font: { F: document.font('Helvetica') } }
    for (const [index, line] of [...lines, ...lines].entries())
      page.operators(`BT /F 12 Tf 200 ${700 - index * 14} Td (${line}) Tj ET`)
    for (const x of [40, 80, 120]) page.operators(`BT /F 20 Tf 0 1 -1 0 ${x} 300 Tm (Draft of March) Tj ET`)
    const markdown = await extract(document.save(), { format: 'markdown' })
    expect(markdown.match(/Draft of March/g)).toHaveLength(3)
    expect(markdown).not.toMatch(/^[#|]/m)
    expect(markdown).toContain([...lines, ...lines].join(' '))
  })

  it('is a table where the whole page lies so', async () => {
    const rows = [
      ['Date', 'Text', 'Amount'],
      ['01 Feb', 'Direct debit', '12.50'],
      ['02 Feb', 'Card payment', '7.00'],
    ]
    const texts = rows.flatMap((row, down) =>
      row.map((text, along): [number, number, string] => [60 + along * 120, 100 + down * 14, text]),
    )
    const markdown = await extract(turnedPages(angles.map((angle) => ({ angle, texts }))), {
      format: 'markdown',
    })
    expect(markdown.match(/^\| 01 Feb \| Direct debit \| 12\.50 \|$/gm)).toHaveLength(4)
    expect(markdown.match(/^\|/gm)).toHaveLength(4 * 4)
  })
})

describe('text that is drawn several times', () => {
  const copies: Record<string, readonly (readonly [number, number])[]> = {
    'twice for bold print': [
      [0, 0],
      [0.3, 0],
    ],
    'thrice for bold print': [
      [0, 0],
      [0.3, 0],
      [0.15, 0.3],
    ],
    'four times for bold print': [
      [0, 0],
      [0.4, 0],
      [0, 0.4],
      [0.4, 0.4],
    ],
    'with a shadow': [
      [1, -1],
      [0, 0],
    ],
    'with a far shadow': [
      [2, -2],
      [0, 0],
    ],
  }
  const words = ['Total', 'due', 'that', 'that', '11', '11', 'l', 'l', '112.00']
  const places = [60, 92, 116, 142, 168, 184, 200, 206, 214]
  const ways: Record<string, (page: Page, of: (typeof copies)[string]) => void> = {
    'line by line': (page, of) => {
      for (const [x, y] of of)
        page.operators(`BT /F 12 Tf ${60 + x} ${700 + y} Td (${words.join(' ')}) Tj ET`)
    },
    'word by word': (page, of) => {
      for (const [index, word] of words.entries())
        for (const [x, y] of of)
          page.operators(`BT /F 12 Tf ${(places[index] ?? 0) + x} ${700 + y} Td (${word}) Tj ET`)
    },
  }

  it.each(Object.keys(ways))('is read once, %s, and honest repeats stay', async (way) => {
    const document = createDocument({ title: 'Copies' })
    for (const of of Object.values(copies)) {
      const page = document.page()
      page.entries['Resources'] = { Font: { F: document.font('Helvetica') } }
      ways[way]?.(page, of)
    }
    const all = await inAllFormats(document.save())
    const line = words.join(' ')
    expect(all.texts).toEqual(Object.keys(copies).map(() => line))
    expect(all.layouts).toEqual(Object.keys(copies).map(() => line))
    expect(all.lines).toEqual(Object.keys(copies).map(() => [line]))
    expect(all.markdown.trim().split('\n\n')).toEqual(Object.keys(copies).map(() => line))
  })

  it('is read once letter by letter, as whole words', async () => {
    const document = createDocument({ title: 'Letters' })
    for (const of of Object.values(copies)) {
      const page = document.page()
      page.entries['Resources'] = { Font: { F: document.font('Courier') } }
      for (const [index, letter] of Array.from('Total 112.00').entries())
        for (const [x, y] of of)
          page.operators(`BT /F 12 Tf ${60 + index * 7.2 + x} ${700 + y} Td (${letter}) Tj ET`)
    }
    const { words: found } = await inAllFormats(document.save())
    expect(found.map((page) => page.map(({ text }) => text))).toEqual(
      Object.keys(copies).map(() => ['Total', '112.00']),
    )
  })

  it('does not take numbers of equal pairs for copies', async () => {
    const [page] = (await inAllFormats(turnedPages([{ angle: 0, texts: [[60, 100, '1122 3344 55']] }]))).texts
    expect(page).toBe('1122 3344 55')
  })
})

describe('ligatures', () => {
  it('are their letters in all formats, and words stay where they are', async () => {
    const runs = [
      { text: 'ofﬁce baﬄe ﬁn ﬂoor oﬀ', x: 72, y: 90 },
      { text: 'laﬆ oﬃce ﬅand', x: 72, y: 104 },
    ]
    const plain = 'office baffle fin floor off\nlast office stand'
    const all = await inAllFormats(writtenPages([runs]))
    expect(all.texts).toEqual([plain])
    expect(all.layouts).toEqual([plain])
    expect(all.lines).toEqual([plain.split('\n')])
    expect(all.markdown.trim()).toBe(plain.replace('\n', ' '))
    const [office] = all.words[0] ?? []
    expect(office?.box[0]).toBeCloseTo(72, 1)
    // Four glyphs of half an em, and the ligature of one.
    expect((office?.box[2] ?? 0) - (office?.box[0] ?? 0)).toBeCloseTo(36, 1)
  })

  it('move nothing that stands behind them in a row', async () => {
    const rows = ['ﬁn', 'abc'].flatMap((text, index) => [
      { text, x: 72, y: 90 + index * 14 },
      { text: '12.50', x: 300, y: 90 + index * 14 },
    ])
    const [first, second] = (await extract(writtenPages([rows]), { layout: true })).split('\n')
    expect(first?.indexOf('12.50')).toBe(second?.indexOf('12.50'))
    expect(first).toMatch(/^fin /)
  })
})

it('makes words whole that are divided at the end of a line, also of a block, and no others', async () => {
  const lines = ['This is impor-', 'tant for Stuttgart-', 'Hohenheim and what is on-', 'going there.']
  const near = turnedPages([{ angle: 0, texts: lines.map((text, index) => [60, 100 + index * 14, text]) }])
  const far = turnedPages([{ angle: 0, texts: lines.map((text, index) => [60, 100 + index * 40, text]) }])
  const whole = 'This is important for Stuttgart-\nHohenheim and what is ongoing there.\n'
  expect(await extract(near)).toBe(whole)
  expect((await extract(far)).replaceAll('\n\n', '\n')).toBe(whole)
})

describe('boxes beside each other', () => {
  const addresses = [
    ['Bill to', 'Anna Smith', '12 High Street', 'Springfield 12345'],
    ['Ship to', 'Bob Jones', '99 Low Road', 'Shelbyville 54321'],
  ]

  function page(columns: readonly (readonly string[])[], places: readonly number[], leading: number): Buffer {
    const texts = columns.flatMap((column, index) =>
      column.map((text, row): [number, number, string] => [places[index] ?? 0, 100 + row * leading, text]),
    )
    return turnedPages([{ angle: 0, texts }])
  }

  it.each([
    ['far apart', [60, 320], 14],
    ['near', [60, 180], 14],
    ['with wide leading', [60, 200], 22],
    ['touching nearly', [60, 162], 14],
  ])('are read one after the other: %s', async (_, places, leading) => {
    const all = await inAllFormats(page(addresses, places, leading))
    expect(all.texts[0]?.replaceAll(/\s+/g, ' ')).toBe(addresses.flat().join(' '))
    expect(all.lines[0]).toEqual(addresses.flat())
    expect(all.markdown).toBe(addresses.map((box) => `${box.join(' ')}\n\n`).join(''))
  })

  it('are two tables where they are tables', async () => {
    const columns = [
      ['Item', 'Pen', 'Book', 'Lamp'],
      ['Price', '1.20', '9.99', '25.00'],
      ['City', 'Rome', 'Oslo', 'Bern'],
      ['Zone', 'A', 'B', 'C'],
    ]
    const markdown = await extract(page(columns, [60, 140, 340, 420], 14), { format: 'markdown' })
    expect(markdown).toContain('| Pen | 1.20 |\n| Book | 9.99 |')
    expect(markdown).toContain('| Rome | A |\n| Oslo | B |')
  })

  it('are no rows of the table of labels beside them', async () => {
    const [box = []] = addresses
    const columns = [box, ['Number', 'Date', 'Due', 'Total'], ['2026-17', '3 March', '2 April', '112.00']]
    const markdown = await extract(page(columns, [60, 320, 400], 14), { format: 'markdown' })
    expect(markdown).toContain('| Number | 2026-17 |')
    expect(markdown).toContain('Anna Smith')
    expect(markdown).not.toMatch(/\|.*Anna/)
  })

  it('are not seen where labels stand beside what they are for', async () => {
    const columns = [
      ['Invoice number', 'Date', 'Customer', 'Total'],
      ['2026-017', '3 March 2026', 'Weir Ltd', '112.00'],
    ]
    const markdown = await extract(page(columns, [60, 200], 14), { format: 'markdown' })
    expect(markdown).toContain('| Date | 3 March 2026 |\n| Customer | Weir Ltd |')
  })
})
