import { describe, expect, it } from 'vitest'
import { type Direction, inReadingOrder, readWord } from './reading-order.ts'

const words = (line: string) => line.split(' ').map((text) => ({ text }))
const backwards = (text: string) => Array.from(text).reverse().join('')

/** Reads a line whose characters come as they stand from left to right. */
const read = (seen: string, direction: Direction) =>
  inReadingOrder(words(seen), direction)
    .map(({ text }) => readWord(text, direction))
    .join(' ')

describe('a line that is read from right to left', () => {
  it.each([
    ['words', backwards('שלום עולם'), 'שלום עולם'],
    ['a number', `2026 ${backwards('בשנת')}`, 'בשנת 2026'],
    ['a date behind a colon', `12/03/2026 ${backwards('תאריך:')}`, 'תאריך: 12/03/2026'],
    ['a percentage that ends a sentence', `.50% ${backwards('הנחה של')}`, 'הנחה של 50%.'],
    [
      'Latin words within',
      `${backwards('הקובץ')} PDF Smaller ${backwards('נקרא')}`,
      'נקרא PDF Smaller הקובץ',
    ],
    ['Latin words with a number', `Total 12.50 ${backwards('المجموع')}`, 'المجموع Total 12.50'],
    ['a number within a word', `10-${backwards('ב')}`, 'ב-10'],
    ['brackets as they look', `(${backwards('סוגריים')}) ${backwards('מילה')}`, 'מילה (סוגריים)'],
    ['brackets as they are meant', `)${backwards('סוגריים')}( ${backwards('מילה')}`, 'מילה (סוגריים)'],
    ['letters in the form of their place', '\ufefb \ufe8e\ufe92\ufea3\ufeae\ufee3', 'مرحبا لا'],
    ['marks of direction', `\u202b${backwards('שלום')}\u202c`, 'שלום'],
  ])('has %s in order', (_, seen, expected) => {
    expect(read(seen, 'right-to-left')).toBe(expected)
  })
})

describe('a line that is read from left to right', () => {
  it('keeps the order of words against it among themselves', () => {
    const seen = `The words ${backwards('שלום 2026 עולם').replace('6202', '2026')} mean hello, 50%.`
    expect(read(seen, 'left-to-right')).toBe('The words שלום 2026 עולם mean hello, 50%.')
  })

  it('stays as it is without any', () => {
    expect(read('Total: 12.50 (net) .net', 'left-to-right')).toBe('Total: 12.50 (net) .net')
  })
})
