import type { Invoice } from '@pdf-smaller/contracts/extraction'
import { fieldsIn } from '../fields/walk.ts'
import { type Checked, relation } from './checked.ts'
import type { InvoiceReading } from './invoice-amounts.ts'
import { checkFacts } from './invoice-facts.ts'
import { checkLines } from './invoice-lines.ts'
import { checkTaxes } from './invoice-taxes.ts'
import { checkTotals } from './invoice-totals.ts'

/** Every check of an invoice, those of its sums first. */
export function checkInvoice(invoice: Invoice, reading: InvoiceReading): Checked[] {
  const currencies = currenciesIn(invoice)
  if (currencies.length > 1) return [mixed(currencies), ...checkFacts(invoice)]
  return [
    ...checkTotals(invoice, reading),
    ...checkTaxes(invoice),
    checkLines(invoice, reading),
    ...checkFacts(invoice),
  ]
}

/** Amounts of several currencies make no sum. */
function mixed(currencies: string[]): Checked {
  const about = { id: 'CURRENCIES', title: 'All amounts are in one currency', severity: 'warning' } as const
  return relation(about, false, { currencies: currencies.join(', ') }, [])
}

function currenciesIn(invoice: Invoice): string[] {
  const found = fieldsIn(invoice, 'invoice').flatMap(({ field: { value } }) =>
    typeof value === 'object' && value.currency !== null ? [value.currency] : [],
  )
  return [...new Set(found)]
}
