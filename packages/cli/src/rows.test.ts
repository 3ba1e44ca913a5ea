import { describe, expect, it } from 'vitest'
import { cut, fit, widthOf } from './fit.ts'
import { drawRows, type Paint, type Row } from './rows.ts'

const plain: Paint = (_, text) => text
const marked: Paint = (format, text) => `<${format}>${text}</>`
const row = (over: Partial<Row> = {}): Row => ({
  name: 'scan.pdf',
  percentage: 50,
  stage: 'compression',
  message: '',
  ended: false,
  ...over,
})
const terminal = { columns: 100, lines: 24, paint: plain }

describe('a row', () => {
  it('tells how far a file is', () => {
    expect(drawRows([row({ message: 'page 3 of 8' })], terminal)).toEqual([
      'scan.pdf                     ████████████░░░░░░░░░░░░  50 % compression: page 3 of 8',
    ])
  })

  it('paints what is done', () => {
    const [line] = drawRows([row({ percentage: 25 })], { ...terminal, paint: marked })
    expect(line).toContain('<cyan>██████</>░░░░░░░░░░░░░░░░░░  25 %')
  })

  it.each([0, 3, 50, 99.6, 100])('has a bar of one length at %d %', (percentage) => {
    const [line = ''] = drawRows([row({ percentage })], terminal)
    expect(line.match(/[█░]/g)).toHaveLength(24)
  })

  it.each([120, 80, 40, 20])('fits into %i columns, whatever the name', (columns) => {
    for (const name of ['a.pdf', 'x'.repeat(300), '語'.repeat(80), '👩‍👩‍👧‍👧'.repeat(40), 'é'.repeat(90)]) {
      const [line = ''] = drawRows([row({ name, message: '進捗'.repeat(60) })], { ...terminal, columns })
      expect(widthOf(line)).toBeLessThanOrEqual(Math.max(columns, 8 + 1 + 24))
      expect(line.isWellFormed()).toBe(true)
    }
  })
})

describe('more rows than the terminal has lines', () => {
  const many = [
    ...Array.from({ length: 10 }, (_, index) => row({ name: `done-${index}`, percentage: 100, ended: true })),
    ...Array.from({ length: 10 }, (_, index) => row({ name: `waits-${index}`, percentage: 0 })),
    row({ name: 'runs', percentage: 7 }),
  ]

  it('are counted, and what runs is shown', () => {
    const lines = drawRows(many, { ...terminal, lines: 6 })
    expect(lines).toHaveLength(5)
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['waits-0', 'waits-1', 'waits-2', 'runs', '…'])
    expect(lines.at(-1)).toBe('… and 17 more; 10 of 21 done')
  })

  it('are all shown where there is room', () => {
    expect(drawRows(many, { ...terminal, lines: 22 })).toHaveLength(21)
    expect(drawRows(many, { ...terminal, lines: 21 })).toHaveLength(20)
  })
})

describe('fitting a text', () => {
  it.each([
    ['abc', 5, 'abc  '],
    ['abcdef', 4, '…def'],
    ['日本語', 4, '…語 '],
    ['日本語', 6, '日本語'],
    ['abc', 3, 'abc'],
  ])('%s into %i columns gives "%s"', (text, columns, fitted) => {
    expect(fit(text, columns)).toBe(fitted)
    expect(widthOf(fitted)).toBe(columns)
  })

  it.each([
    ['abc', 2, 'ab'],
    ['日本', 3, '日'],
    ['👩‍👩‍👧‍👧x', 2, '👩‍👩‍👧‍👧'],
    ['abc', 0, ''],
  ])('cuts %s behind %i columns', (text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected)
  })
})
