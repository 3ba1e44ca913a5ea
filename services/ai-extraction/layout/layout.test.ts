import { expect, test } from 'vitest'
import type { Word } from '../reading/page-words.ts'
import { pagesOfText } from '../testing/pages-of-text.ts'
import { columnsOf } from './columns.ts'
import { unglued } from './glued.ts'
import { headersOf } from './headers.ts'
import { labelled } from './labelled.ts'
import { layOut } from './layout.ts'
import { linesOf } from './lines.ts'

const word = (text: string, l: number, t: number, height = 10): Word => ({
  text,
  box: { l, t, r: l + text.length * height * 0.5, b: t + height },
  confidence: 1,
  source: 'text',
})
const page = (words: Word[], width = 595, height = 842) => ({ number: 1, width, height, words })
const texts = (words: Word[]) => linesOf(page(words)).map(({ text }) => text)

test('keeps the lines of a page that lies askew apart', () => {
  const rows = Array.from(
    { length: 20 },
    (_, row) => `row ${row} of a table with some words and its amount of ${row},50`,
  )
  const lines = linesOf(pagesOfText([rows.join('\n')], { lean: 0.03, source: 'ocr' })[0] ?? page([]))
  expect(lines.map(({ text }) => text)).toEqual(rows)
})

test('does not bind two small lines by a title beside them', () => {
  expect(texts([word('Title', 30, 26, 30), word('first', 300, 28), word('second', 300, 40)])).toEqual([
    'first',
    'Title',
    'second',
  ])
})

test('joins words of other sizes on one base line, and takes what is printed twice once', () => {
  expect(texts([word('Total', 30, 34, 8), word('12.00', 100, 30, 12), word('12.00', 100.3, 30, 12)])).toEqual(
    ['Total 12.00'],
  )
})

test.each([
  ['130000.00130000.00', ['130000.00', '130000.00']],
  ['1.234,5612.345,67', ['1.234,56', '12.345,67']],
  ['02.01.03.01.', ['02.01.', '03.01.']],
  ['05.03.2025LASTSCHRIFT', ['05.03.2025', 'LASTSCHRIFT']],
  ['Total.....12.00', ['Total', '.....', '12.00']],
  ['1.234.567,89', ['1.234.567,89']],
  ['12.50.2024', ['12.50.2024']],
])('takes %s apart', (text, parts) => {
  const found = unglued(word(text, 100, 0))
  expect(found.map((part) => part.text)).toEqual(parts)
  expect(found.at(-1)?.box.r).toBeCloseTo(word(text, 100, 0).box.r)
})

test('leaves out the dots between a label and its value', () => {
  expect(texts([word('Balance....', 30, 0), word('.......', 100, 0), word('...12.00', 140, 0)])).toEqual([
    'Balance 12.00',
  ])
})

test('finds columns of amounts by their right edges over all pages', () => {
  const box = (l: number, r: number) => ({ l, r, t: 0, b: 10 })
  const columns = columnsOf(
    [box(430, 460), box(440, 460), box(445, 460.5), box(500, 550), box(520, 550)],
    3,
    2,
  )
  expect(columns.map(({ side, edge, count }) => ({ side, edge, count }))).toEqual([
    { side: 'right', edge: 460, count: 3 },
    { side: 'right', edge: 550, count: 2 },
  ])
})

const names = { date: ['date', 'booking date', 'buchungsdatum'], text: ['details'], amount: ['amount'] }

test('reads labels that stand over each other, also parted by a hyphen', () => {
  const { lines } = layOut(
    pagesOfText([
      'Booking   Buchungs-  Details   Amount EUR\ndate      datum\n01.02.    01.02.     Shop          12,00',
    ]),
  )
  const [header] = headersOf(lines, names)
  expect(header?.labels.map(({ role, text }) => `${role}: ${text}`)).toEqual([
    'date: Booking date',
    'date: Buchungs- datum',
    'text: Details',
    'amount: Amount',
  ])
  expect([header?.first, header?.last]).toEqual([0, 1])
})

test('takes no row and no sentence for a part of the header', () => {
  const { lines } = layOut(
    pagesOfText([
      'Date   Details        Amount\n       Amount of May   12,00\nThe date and the amount of each of these are as agreed',
    ]),
  )
  expect(headersOf(lines, names).map(({ first, last }) => [first, last])).toEqual([[0, 0]])
})

test('finds the value of a label behind it, beside it and below it', () => {
  const { cells } = layOut(pagesOfText(['Account no.: 4711    Name      Kim\nBranch\nNorth']))
  const found = labelled(cells, ['account no', 'name', 'branch']).map(({ label, place, value }) => [
    label,
    place,
    value.text,
  ])
  expect(found).toContainEqual(['account no', 'same-cell', '4711'])
  expect(found).toContainEqual(['name', 'right', 'Kim'])
  expect(found).toContainEqual(['branch', 'below', 'North'])
})

test('reads two pages on one sheet one after the other, and a wide table across', () => {
  const half = (l: number, day: string) => [
    word('Date', l, 30),
    word('Details', l + 60, 30),
    word('Amount', l + 200, 30),
    ...Array.from({ length: 10 }, (_, row) => [
      word(day, l, 50 + 14 * row),
      word('Shop', l + 60, 50 + 14 * row),
      word('1.00', l + 200, 50 + 14 * row),
    ]).flat(),
    word('Statement', l, 10),
  ]
  const sheet = layOut([page([...half(20, '01/02'), ...half(441, '03/02')], 842, 595)]).lines.map(
    ({ text }) => text,
  )
  expect(sheet.slice(0, 3)).toEqual(['Statement', 'Date Details Amount', '01/02 Shop 1.00'])
  expect(sheet.at(-1)).toBe('03/02 Shop 1.00')
  const wide = layOut([
    page(
      [
        ...half(20, '01/02'),
        ...half(441, '03/02').map((other) => ({ ...other, text: other.text.toUpperCase() })),
      ],
      842,
      595,
    ),
  ])
  expect(wide.lines[2]?.text).toBe('01/02 Shop 1.00 03/02 SHOP 1.00')
})
