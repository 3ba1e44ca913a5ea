import { expect, it } from 'vitest'
import type { Document } from '../../api/extraction.ts'
import type { Word } from '../../api/pages.ts'
import { groupsOf, valueNow } from './fields/found-fields.ts'
import { valueText } from './fields/value-words.ts'
import { linesOf } from './words/lines.ts'

const word = (text: string, left: number, top: number): Word => ({
  text,
  box: [left, top, left + 20, top + 10],
})

it('puts words into lines: one begins below, and where words stand in columns', () => {
  const words = [
    word('one', 0, 0),
    word('two', 25, 3),
    word('three', 0, 12),
    word('four', 200, 0),
    word('five', 180, 1),
  ]
  const lines = linesOf(words).map((line) => line.map(({ word: { text }, index }) => `${text} ${index}`))
  expect(lines).toEqual([['one 0', 'two 1'], ['three 2'], ['four 3'], ['five 4']])
})

const field = (value: unknown) => ({ value, raw: null, grade: 'high', provenance: [] })

it('finds the fields of a document in groups, with their paths, and passes over what is none', () => {
  const document: Document = {
    kind: 'invoice',
    documentType: 'invoice',
    pages: [1],
    checks: [],
    reconciled: null,
    why: '',
    invoice: {
      currency: field('EUR'),
      seller: { name: field('A'), odd: 7 },
      lines: [{ netAmount: field({ amount: '1.50', currency: 'EUR' }) }, {}],
    },
  }
  const found = groupsOf(document).map(({ names, fields }) => [names, fields.map(({ path }) => path)])
  expect(found).toEqual([
    [[], ['invoice.currency']],
    [['seller'], ['invoice.seller.name']],
    [['lines', '1'], ['invoice.lines[0].netAmount']],
  ])
})

it('goes no deeper than documents do', () => {
  let deep: Record<string, unknown> = { end: field('x') }
  for (let level = 0; level < 10_000; level++) deep = { deep }
  const document = {
    kind: 'invoice',
    documentType: 'invoice',
    pages: [],
    checks: [],
    reconciled: null,
    why: '',
  }
  expect(groupsOf({ ...document, invoice: deep })).toEqual([])
})

it('shows what a person has said in place of what was read, also that it is not there', () => {
  const read = { value: { amount: '2.00', currency: null }, raw: '2', grade: 'low', provenance: [] } as const
  expect(valueText('quantity', valueNow({ ...read, provenance: [] }), 'en')).toBe('2.00')
  const corrected = { value: null, by: 'me' }
  expect(valueNow({ ...read, provenance: [], corrected })).toBe(null)
})
