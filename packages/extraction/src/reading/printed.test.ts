import { assert, bigInt, constantFrom, property, record, string } from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { amountReadings, printedCurrency, readAmount } from './printed-amounts.ts'

/** Each reading as `value`, with the mark it needs, the side and the currency behind it. */
const told = (text: string) =>
  amountReadings(text).map(({ value, mark, side, currency }) =>
    [value, mark, side, currency].filter((part) => part !== null).join(' '),
  )

it.each([
  ['1.234,50-', ['-1234.50 ,']],
  ["1'234.50", ['1234.50 .']],
  ['CHF 1’234.50', ['1234.50 . CHF']],
  ['1 234,50 €', ['1234.50 , EUR']],
  ['1\u202F234\u00A0567,5', ['1234567.5 ,']],
  ['(12.00)', ['-12.00 .']],
  ['$ (1,234.56)', ['-1234.56 . ambiguous']],
  ['$1,000.00 USD', ['1000.00 . USD']],
  ['USD 12.00 CR', ['12.00 . credit USD']],
  ['12,50 Af', ['12.50 , debit']],
  ['12,50 Bij', ['12.50 , credit']],
  ['1.234.567,89 H', ['1234567.89 , credit']],
  ['12,00S', ['12.00 , debit']],
  ['12,--', ['12.00 ,']],
  ['1.234,- EUR', ['1234.00 , EUR']],
  ['€−5,00', ['-5.00 , EUR']],
  ['12.00 €-', ['-12.00 . EUR']],
  ['R$1.234,50', ['1234.50 , BRL']],
  ['12,34,567.00', ['1234567.00 .']],
  ['.50', ['0.50 .']],
  ['0,00-', ['0.00 ,']],
  ['1.234', ['1.234 .', '1234 ,']],
  ['1,234,567', ['1234567 .']],
  ['250', ['250']],
])('reads %s', (text, readings) => {
  expect(told(text)).toEqual(readings)
})

it.each([
  '19%',
  '12-3',
  '1 23,00',
  'DE12',
  '12.12.2025',
  '--5',
  'S 12,00',
  '1.23.456',
  '',
  '-',
  '€',
  '1,2,3',
  '9'.repeat(80),
])('takes %s for no amount', (text) => {
  expect(told(text)).toEqual([])
})

const spaces = constantFrom(' ', '\u00A0', '\u202F', '')
it('reads back whatever is printed in the ways of either mark', () => {
  const printed = record({
    minor: bigInt({ min: 0n, max: 10n ** 15n }),
    mark: constantFrom<'.' | ','>('.', ','),
    group: constantFrom('', ' ', '\u202F', "'", 'other'),
    minus: constantFrom('', 'before', 'behind', 'parentheses'),
    currency: constantFrom('', '€', 'EUR'),
    space: spaces,
  })
  assert(
    property(printed, ({ minor, mark, group, minus, currency, space }) => {
      const [whole, cents] = [String(minor / 100n), String(minor % 100n).padStart(2, '0')]
      const separator = group === 'other' ? (mark === '.' ? ',' : '.') : group
      const digits = whole.replaceAll(/(?<=\d)(?=(\d{3})+$)/g, separator) + mark + cents
      const signed = { '': digits, before: `-${digits}`, behind: `${digits}-`, parentheses: `(${digits})` }[
        minus
      ]
      const sign = minus && minor > 0n ? '-' : ''
      const reading = readAmount(`${signed}${space}${currency}`, mark)
      expect(reading?.value).toBe(`${sign}${whole}.${cents}`)
      expect(reading?.currency).toBe(currency ? 'EUR' : null)
      expect(readAmount(`${signed}${space}${currency}`, mark === '.' ? ',' : '.')?.decimals).not.toBe(2)
    }),
  )
})

it('reads any text without failing, and in bounded time', () => {
  assert(
    property(string({ unit: constantFrom(..."0123456789.,-+() €$CRAfH'".split('')) }), (text) => {
      for (const { value } of amountReadings(text)) expect(value).toMatch(/^-?\d+(\.\d+)?$/)
    }),
  )
})

it('tells a currency only where the sign stands for one', () => {
  expect(['EUR', '€', '12,00 €', '$', 'US$', 'kr', 'Total'].map(printedCurrency)).toEqual([
    'EUR',
    'EUR',
    'EUR',
    undefined,
    'USD',
    undefined,
    undefined,
  ])
})
