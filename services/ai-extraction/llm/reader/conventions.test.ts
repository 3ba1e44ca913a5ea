import { expect, test } from 'vitest'
import { conventionsOf } from './conventions.ts'

test.each([
  [['73,000', '87,600'], 'USD', '.', undefined],
  [['73.000', '87.600'], 'EUR', ',', undefined],
  [['224.865', '236.108'], 'KWD', '.', undefined],
  [['73.000', '87.600', '1,50'], 'KWD', ',', undefined],
  [['73,000', '87,600'], null, '.', true],
] as const)('takes the decimal mark of %j in %s as %s', (amounts, currency, mark, undecided) => {
  const found = conventionsOf(amounts, [], currency)
  expect([found.mark, found.choices[0]?.undecided]).toEqual([mark, undecided])
})
