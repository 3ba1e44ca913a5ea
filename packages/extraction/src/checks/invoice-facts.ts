import type { Invoice, TextField } from '@pdf-smaller/contracts/extraction'
import { isBic, isCreditorId, isIban } from '../reading/bank-ids.ts'
import { vatIdOf } from '../reading/vat-ids.ts'
import { isCurrency } from '../values/currencies.ts'
import { type Checked, relation } from './checked.ts'
import { shaped } from './shaped.ts'

/** Dates and identifiers of an invoice. They say nothing of its sums, so they only warn. */
export function checkFacts(invoice: Invoice): Checked[] {
  const { seller, buyer, payment } = invoice
  return [
    ...dates(invoice),
    ...currency(invoice),
    ...[seller.vatId, buyer.vatId].flatMap((id) => (id ? vatId(id) : [])),
    ...payment.flatMap(({ iban, bic, creditorId }) => [
      ...shaped('IBAN', 'Check digits and length of the IBAN (ISO 13616)', iban, isIban),
      ...shaped('BIC', 'Shape of the BIC (ISO 9362)', bic, isBic, hint),
      ...shaped(
        'CREDITOR-ID',
        'Check digits of the creditor identifier (EPC262-08)',
        creditorId,
        isCreditorId,
      ),
    ]),
  ]
}

const hint = { weight: 'hint' } as const

function dates({ issueDate, dueDate, servicePeriodStart: start, servicePeriodEnd: end }: Invoice): Checked[] {
  const checks: Checked[] = []
  const severity = 'warning'
  if (issueDate && dueDate) {
    const about = { id: 'DUE-DATE', title: 'Due no earlier than issued', severity } as const
    const figures = { issued: issueDate.value, due: dueDate.value }
    checks.push(relation(about, dueDate.value >= issueDate.value, figures, [issueDate, dueDate], hint))
  }
  if (start && end) {
    const about = {
      id: 'BR-29',
      title: 'End of the service period no earlier than its start',
      severity,
    } as const
    checks.push(
      relation(about, end.value >= start.value, { start: start.value, end: end.value }, [start, end]),
    )
  }
  return checks
}

function currency({ currency: code }: Invoice): Checked[] {
  const known = { id: 'BR-CL-04', title: 'The currency is one of ISO 4217', severity: 'warning' } as const
  return code ? [relation(known, isCurrency(code.value), { currency: code.value }, [code], hint)] : []
}

function vatId(field: TextField): Checked[] {
  const severity = 'warning'
  const known = vatIdOf(field.value)
  const prefix = { id: 'BR-CO-09', title: 'The VAT id starts with its country', severity } as const
  const digits = { id: 'VAT-ID', title: 'Check digits of the VAT id', severity } as const
  const starts = relation(prefix, /^[A-Z]{2}/i.test(field.value), { vatId: field.value }, [])
  return known ? [starts, relation(digits, known.valid, { vatId: known.id }, [field])] : [starts]
}
