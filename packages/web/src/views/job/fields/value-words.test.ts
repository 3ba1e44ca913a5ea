import { fieldKindAt } from '@pdf-smaller/contracts/extraction'
import { expect, it } from 'vitest'
import { decimalNames, decimalText, typedValue, valueText } from './value-words.ts'

const money = { amount: '1234.50', currency: 'EUR' }

it.each([
  ['1234.50', '1,234.50', '1.234,50'],
  ['-22.57', '-22.57', '-22,57'],
  ['1234567.000', '1,234,567.000', '1.234.567,000'],
  ['999', '999', '999'],
  ['12345678901234567890.10', '12,345,678,901,234,567,890.10', '12.345.678.901.234.567.890,10'],
  ['about 5', 'about 5', 'about 5'],
])('writes %s with each digit that it has', (text, en, de) => {
  expect([decimalText(text, 'en'), decimalText(text, 'de')]).toEqual([en, de])
  expect(typedValue('quantity', de, '1', 'de')).toBe(text)
  expect(typedValue('quantity', en, '1', 'en')).toBe(text)
})

it.each([
  ['de', '1234,5', '1234.5'],
  ['de', '1234.50', '1234.50'],
  ['de', '1.234', '1234'],
  ['de', '−22,57', '-22.57'],
  ['de', '1,234.50', '1,234.50'],
  ['en', '1,234.50', '1234.50'],
  ['en', '1,5', '1,5'],
  ['en', '1.234,50', '1.234,50'],
  ['en', '', ''],
])('reads in %s %s as %s', (language, typed, read) => {
  expect(typedValue('quantity', typed, '1', language)).toBe(read)
  expect(typedValue('net', `${typed} EUR`, money, language)).toEqual({ amount: read, currency: 'EUR' })
})

it('leaves texts as they are, whatever they look like', () => {
  expect(valueText('number', '2026.10', 'de')).toBe('2026.10')
  expect(typedValue('number', '1.234', '1', 'de')).toBe('1.234')
  expect(valueText('net', money, 'de')).toBe('1.234,50 EUR')
  expect(valueText('percent', '7.5', 'de')).toBe('7,5')
})

it('knows what the fields of a document are', () => {
  const places = ['invoice.lines[0]', 'invoice.adjustments[0]', 'invoice.taxes[0]']
  const kinds = (name: string) => places.map((place) => fieldKindAt(`${place}.${name}`)).filter(Boolean)
  for (const name of decimalNames) expect(new Set(kinds(name)), name).toEqual(new Set(['decimal']))
})
