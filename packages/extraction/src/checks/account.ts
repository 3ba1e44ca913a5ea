import type { Account, Day, Statement } from '@pdf-smaller/contracts/extraction'
import { isBic, isIban } from '../reading/bank-ids.ts'
import { outside } from '../reading/printed-dates.ts'
import { isCurrency } from '../values/currencies.ts'
import { checkCarryForwards, checkRowBalances } from './balance-chain.ts'
import { type Checked, currenciesOf, relation, stated, sum, total, unchecked } from './checked.ts'
import { shaped } from './shaped.ts'

/** Every check of one account. */
export function checkAccount(statement: Statement, account: Account, index: number): Checked[] {
  const path = `statement.accounts[${index}]`
  const currency = account.currency?.value ?? moneyCurrencies(account)[0] ?? null
  const facts = [...dates(statement, account, path), ...counts(account), ...identifiers(account)]
  if (moneyCurrencies(account).length > 1) return [mixed(account, path), ...facts]
  return [
    closing(account, currency, path),
    ...totals(account, currency, path),
    checkRowBalances(account, path, currency),
    ...checkCarryForwards(account, path, currency),
    ...facts,
  ]
}

function moneyCurrencies({ openingBalance, closingBalance, transactions }: Account): string[] {
  return currenciesOf([openingBalance, closingBalance, ...transactions.map(({ amount }) => amount)])
}

function mixed(account: Account, path: string): Checked {
  const about = { id: 'CURRENCIES', title: 'All rows are in one currency', severity: 'warning' } as const
  return relation(about, false, { currencies: moneyCurrencies(account).join(', ') }, [], { at: [path] })
}

function closing(account: Account, currency: string | null, path: string): Checked {
  const about = { id: 'CLOSING-BALANCE', title: 'Closing balance = opening balance + Σ rows' }
  if (account.transactions.length === 0) return unchecked(about, 'The account has no rows')
  const opening = stated(account.openingBalance)
  const rows = total(account.transactions.map(({ amount }) => stated(amount)))
  return sum(about, {
    terms: { opening, rows },
    expected: opening === undefined || rows === undefined ? undefined : opening + rows,
    found: stated(account.closingBalance),
    of: 'closing balance',
    currency,
    over: [
      account.openingBalance,
      account.closingBalance,
      ...account.transactions.map(({ amount }) => amount),
    ],
    at: [path],
  })
}

/** What came in and what left, where the statement says it. */
function totals(account: Account, currency: string | null, path: string): Checked[] {
  const sides = [
    { id: 'TOTAL-CREDITS', title: 'Total of credits = Σ credits', field: account.totalCredits, sign: 1n },
    { id: 'TOTAL-DEBITS', title: 'Total of debits = Σ debits', field: account.totalDebits, sign: -1n },
  ]
  return sides.flatMap(({ id, title, field, sign }) => {
    if (!field) return []
    const own = account.transactions.filter(({ amount }) => (stated(amount) ?? 0n) * sign > 0n)
    const rows = own.reduce((all, { amount }) => all + (stated(amount) ?? 0n) * sign, 0n)
    const printed = stated(field)
    const found = printed === undefined ? undefined : printed < 0n ? -printed : printed
    const over = [field, ...own.map(({ amount }) => amount)]
    return [
      sum(
        { id, title },
        {
          terms: { rows },
          expected: rows,
          found,
          of: id === 'TOTAL-CREDITS' ? 'total of credits' : 'total of debits',
          currency,
          over,
          at: [path],
        },
      ),
    ]
  })
}

/** Weekends and late entries may be booked some days outside the period of a statement. */
const slackDays = 7

function dates(statement: Statement, account: Account, path: string): Checked[] {
  const about = { id: 'DATES-IN-PERIOD', title: 'Every row is booked within the period' }
  const from = account.periodStart ?? statement.periodStart
  const to = account.periodEnd ?? statement.periodEnd
  const rows = account.transactions.flatMap(({ bookingDate }, index) =>
    bookingDate ? [{ bookingDate, index }] : [],
  )
  if (!from || !to || rows.length === 0)
    return [unchecked(about, 'The document does not state a period or days')]
  const period = { from: from.value, to: to.value }
  const isWrong = (day: Day) => period.from > period.to || outside(day, period) > slackDays
  const wrong = rows.filter(({ bookingDate }) => isWrong(bookingDate.value))
  const figures: Record<string, string> = { ...period }
  if (wrong[0]) figures['found'] = wrong[0].bookingDate.value
  const over = (wrong.length > 0 ? wrong : rows).map(({ bookingDate }) => bookingDate)
  const at = wrong.map(({ index }) => `${path}.transactions[${index}].bookingDate`)
  return [
    relation(about, wrong.length === 0, figures, over, {
      weight: 'hint',
      ...(wrong.length > 0 ? { at } : {}),
    }),
  ]
}

function counts({ transactions, transactionCount, creditCount, debitCount }: Account): Checked[] {
  const sides = [
    { id: 'ROW-COUNT', field: transactionCount, found: transactions.length },
    { id: 'CREDIT-COUNT', field: creditCount, found: transactions.filter(({ credit }) => credit).length },
    { id: 'DEBIT-COUNT', field: debitCount, found: transactions.filter(({ debit }) => debit).length },
  ]
  return sides.flatMap(({ id, field, found }) => {
    if (!field) return []
    const about = { id, title: 'There are as many rows as the statement says', severity: 'warning' } as const
    return [
      relation(about, field.value === found, { stated: String(field.value), found: String(found) }, [field]),
    ]
  })
}

function identifiers({ iban, bic, currency }: Account): Checked[] {
  return [
    ...shaped('IBAN', 'Check digits and length of the IBAN (ISO 13616)', iban, isIban),
    ...shaped('BIC', 'Shape of the BIC (ISO 9362)', bic, isBic, { weight: 'hint' }),
    ...shaped('CURRENCY', 'The currency is one of ISO 4217', currency, isCurrency, { weight: 'hint' }),
  ]
}
