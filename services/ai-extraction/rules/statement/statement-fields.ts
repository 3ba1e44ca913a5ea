import type { Statement } from '@pdf-smaller/contracts/extraction'
import type { CellRows } from '../../layout/labelled.ts'
import { accountFields, type Decided } from './account-fields.ts'
import type { AccountParts } from './accounts.ts'
import { dayIn } from './calendar.ts'
import type { CurrencyFound } from './currency.ts'
import type { Grounded } from './grounded.ts'
import type { Printed } from './identity.ts'
import type { Period } from './period.ts'
import { bankCodes, headFields } from './statement-head.ts'
import { endsOf } from './sums.ts'

/** What the rules found, before it becomes fields. */
export type Found = {
  /** Lines outside of rows and headers. */
  names: CellRows
  accounts: readonly AccountParts[]
  currencies: readonly (CurrencyFound | null)[]
  decided: Decided
  period: Period | null
  bank: Printed | null
  holder: Printed | null
  make: Grounded
}

/** The fields of the statement, out of its parts and all that was decided. */
export function statementFields({
  names,
  accounts,
  currencies,
  decided,
  period,
  bank,
  holder,
  make,
}: Found): Statement {
  return {
    ...(bank ? { bankName: make.text(bank, { place: true }) } : {}),
    holderNames: holder ? [make.text(holder)] : [],
    ...headFields(names, decided.order, make),
    ...(period ? periodFields(period, make) : {}),
    // A month that is only named says less than the days of the balances.
    ...(period && period.label !== 'none' ? {} : balanceDates(accounts, decided, make)),
    accounts: accounts.map((account, index) => ({
      // Only the one account of a statement is known to be the one that its head speaks of.
      ...(accounts.length === 1 ? bankCodes(names, make) : {}),
      ...accountFields(account, decided, currencies[index] ?? null, make),
    })),
  }
}

function periodFields({ span, from, to, page, toPage, label }: Period, make: Grounded): Partial<Statement> {
  return {
    periodStart: make.day(span.from, page, from.words, { label }),
    periodEnd: make.day(span.to, toPage, to.words, { label }),
  }
}

/** Where no period is printed, the days of the two balances bound it. */
function balanceDates(
  accounts: readonly AccountParts[],
  { order, span }: Decided,
  make: Grounded,
): Partial<Statement> {
  const [account] = accounts
  if (!account) return {}
  const { opening, closing } = endsOf(account)
  const day = (figure: typeof opening) => {
    const value = figure?.date && dayIn(figure.date, order, span)
    return figure?.date && value ? make.day(value, figure.page, figure.date.words, { label: 'near' }) : null
  }
  const [periodStart, periodEnd] = [day(opening), day(closing)]
  return { ...(periodStart ? { periodStart } : {}), ...(periodEnd ? { periodEnd } : {}) }
}
