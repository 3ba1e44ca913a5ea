import { array, assert, bigInt, nat, property } from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { account, amount, cents, day, statement, text } from '../../testing/made.ts'
import { minorOf } from '../values/money.ts'
import { concludeStatement } from './conclude.ts'
import type { Read } from './read.ts'

const read: Read = {
  documentType: 'bank-statement',
  pages: [1],
  gate: { accepted: true, confidence: 0.9, reasons: [] },
  choices: [],
}
const judge = (...accounts: ReturnType<typeof account>[]) => concludeStatement(read, statement(...accounts))
const check = (document: ReturnType<typeof judge>, wanted: string) =>
  document.checks.find(({ id }) => id === wanted)
const moves = array(bigInt({ min: -(10n ** 8n), max: 10n ** 8n }), { minLength: 2, maxLength: 40 })

it('reconciles every statement whose rows lead from opening to closing balance', () => {
  assert(
    property(bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), moves, (opening, rows) => {
      const document = judge(account(opening, rows, { balances: true }))
      expect(document.checks.filter(({ passed }) => passed === false)).toEqual([])
      expect(document.reconciled).toBe(true)
    }),
    { numRuns: 50 },
  )
})

it('finds any wrong amount, and names its row', () => {
  assert(
    property(moves, nat(), (rows, where) => {
      const own = account(1000n, rows, { balances: true })
      const at = where % rows.length
      const row = own.transactions[at]
      if (row) row.amount = cents(minorOf(row.amount.value) + 1n)
      const document = judge(own)
      expect(document.reconciled).toBe(false)
      expect(check(document, 'CLOSING-BALANCE')).toMatchObject({
        passed: false,
        figures: { difference: '-0.01' },
      })
      expect(check(document, 'ROW-BALANCE')?.at).toEqual([`statement.accounts[0].transactions[${at}]`])
    }),
    { numRuns: 50 },
  )
})

it('finds rows that are dropped, doubled or swapped', () => {
  const whole = () => account(1000n, [-100n, 250n, -75n, 30n], { balances: true })
  const changed = (change: (rows: ReturnType<typeof account>['transactions']) => unknown) => {
    const own = whole()
    change(own.transactions)
    return judge(own)
  }
  const dropped = changed((rows) => rows.splice(1, 1))
  expect(dropped.reconciled).toBe(false)
  expect(check(dropped, 'ROW-BALANCE')?.at).toEqual(['statement.accounts[0].transactions[1]'])
  expect(changed((rows) => rows.splice(1, 0, ...rows.slice(1, 2))).reconciled).toBe(false)
  const swapped = changed((rows) => rows.splice(1, 2, ...rows.slice(1, 3).reverse()))
  expect(check(swapped, 'CLOSING-BALANCE')?.passed).toBe(true)
  expect(check(swapped, 'ROW-BALANCE')?.passed).toBe(false)
})

it('tells a wrong balance from a wrong amount', () => {
  const own = account(1000n, [-100n, 250n, -75n], { balances: true })
  const row = own.transactions[1]
  if (row?.balance) row.balance = amount('11.05')
  expect(check(judge(own), 'ROW-BALANCE')?.at).toEqual(['statement.accounts[0].transactions[1].balance'])
})

it('reads statements that show the newest row first', () => {
  const own = account(1000n, [-100n, 250n, -75n], { balances: true })
  own.transactions.reverse()
  expect(judge(own).reconciled).toBe(true)
})

it('is not satisfied with no rows, nor with nothing to compare', () => {
  expect(judge(account(1000n, [])).reconciled).toBe(null)
  const { openingBalance: _, ...open } = account(1000n, [-100n, 50n])
  expect(judge(open)).toMatchObject({ reconciled: null, why: expect.stringContaining('opening') })
  expect(judge().reconciled).toBe(null)
})

it('takes running balances for it where no other is stated', () => {
  const {
    openingBalance: _,
    closingBalance: __,
    ...open
  } = account(1000n, [-100n, 50n, 20n], { balances: true })
  expect(judge(open).reconciled).toBe(true)
  delete open.transactions[1]?.balance
  delete open.transactions[2]?.balance
  expect(judge(open).reconciled).toBe(null)
})

it('checks totals of either side, counts, balances carried forward and dates', () => {
  const own = account(1000n, [-100n, 250n, -75n])
  own.totalCredits = amount('2.50')
  own.totalDebits = amount('-1.75')
  own.carryForwards = [{ afterRows: 2, page: 1, balance: amount('11.50') }]
  expect(judge(own).reconciled).toBe(true)
  own.totalDebits = amount('1.85')
  own.carryForwards = [{ afterRows: 2, page: 1, balance: amount('11.60') }]
  if (own.transactions[2]) own.transactions[2].bookingDate = day('2025-03-15')
  const document = judge(own)
  const failed = document.checks.filter(({ passed }) => passed === false).map(({ id }) => id)
  expect(failed).toEqual(['TOTAL-DEBITS', 'CARRY-FORWARD', 'DATES-IN-PERIOD'])
  expect(check(document, 'DATES-IN-PERIOD')?.at).toEqual([
    'statement.accounts[0].transactions[2].bookingDate',
  ])
})

it('reconciles two accounts only where both are', () => {
  const [first, second] = [account(1000n, [-100n, 50n]), account(5n, [10n])]
  expect(judge(first, second).reconciled).toBe(true)
  second.closingBalance = amount('99.00')
  expect(judge(first, second).reconciled).toBe(false)
})

it('makes no sum of several currencies', () => {
  const own = account(1000n, [-100n, 50n])
  if (own.transactions[0]) own.transactions[0].amount = amount('-1.00', 'USD')
  own.iban = text('DE89370400440532013000')
  const document = judge(own)
  expect(document.reconciled).toBe(null)
  expect(check(document, 'CLOSING-BALANCE')).toBeUndefined()
})
