import { describe, expect, it } from 'vitest'
import { cut, fit, widthOf } from './fit.ts'
import { type Paint, plain } from './paint.ts'
import { drawRows, type Row } from './rows.ts'

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

  it.each([120, 80, 60, 40, 20, 7, 1])('fits into %i columns, whatever the name', (columns) => {
    for (const name of [
      'a.pdf',
      'line\nfeed.pdf',
      'x'.repeat(300),
      '語'.repeat(80),
      '👩‍👩‍👧‍👧'.repeat(40),
      'é'.repeat(90),
    ]) {
      const [line = ''] = drawRows([row({ name, message: '進捗'.repeat(60) })], { ...terminal, columns })
      expect(widthOf(line)).toBeLessThanOrEqual(columns)
      expect(line.isWellFormed()).toBe(true)
    }
  })
})

describe('rows', () => {
  const many = [
    ...Array.from({ length: 10 }, (_, index) => row({ name: `done-${index}`, percentage: 100, ended: true })),
    ...Array.from({ length: 10 }, (_, index) =>
      row({ name: `waits-${index}`, percentage: 0, stage: 'waiting' }),
    ),
    row({ name: 'runs', percentage: 7 }),
    row({ name: 'is-sent', percentage: 0, stage: 'sending' }),
  ]

  it('of what has ended are counted; what runs is shown first where there is little room', () => {
    const lines = drawRows(many, { ...terminal, lines: 5 })
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['waits-0', 'runs', 'is-sent', '10'])
    expect(lines.at(-1)).toBe('10 of 22 done, 9 more')
  })

  it('are all shown where there is room', () => {
    expect(drawRows(many, { ...terminal, lines: 24 })).toHaveLength(13)
    expect(drawRows([row(), row()], { ...terminal, lines: 3 })).toHaveLength(2)
  })

  it('are none when all have ended', () => {
    expect(drawRows([row({ ended: true })], terminal)).toEqual([])
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
