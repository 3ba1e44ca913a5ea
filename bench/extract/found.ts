import type { ExtractedDocument, Invoice, Statement } from '@pdf-smaller/contracts/extraction'

/** What a reading says, by the names that truths have for it; null where it says nothing. */
export type FoundRow = Readonly<Record<string, string | null>>
export type FoundInvoice = {
  fields: Record<string, string | null>
  ibans: string[]
  taxes: FoundRow[]
  lines: FoundRow[]
}
export type FoundAccount = { fields: Record<string, string | null>; rows: FoundRow[] }

type Valued = { value: string | { amount: string } } | undefined
const said = (field: Valued): string | null =>
  field === undefined ? null : typeof field.value === 'string' ? field.value : field.value.amount

/** Document types by the names that truths have for them. */
export const typeOf = ({ documentType }: ExtractedDocument): string => documentType.replaceAll('-', '_')

export function foundInvoice(document: ExtractedDocument, invoice: Invoice): FoundInvoice {
  const { totals, seller, buyer } = invoice
  return {
    fields: {
      document_type: typeOf(document),
      number: said(invoice.invoiceNumber),
      issue_date: said(invoice.issueDate),
      due_date: said(invoice.dueDate),
      currency: said(invoice.currency),
      'seller.name': said(seller.name),
      'seller.vat_id': said(seller.vatId) ?? said(seller.taxNumber),
      'buyer.name': said(buyer.name),
      'buyer.vat_id': said(buyer.vatId) ?? said(buyer.taxNumber),
      lines_total: said(totals.lineSum),
      allowances: said(totals.allowances),
      charges: said(totals.charges),
      net_total: said(totals.net),
      tax_total: said(totals.tax),
      gross_total: said(totals.gross),
      paid: said(totals.paid),
      payable: said(totals.due),
    },
    ibans: invoice.payment.flatMap(({ iban }) => said(iban) ?? []),
    taxes: invoice.taxes.map(({ rate, base, amount }) => ({
      rate: said(rate),
      base: said(base),
      amount: said(amount),
    })),
    lines: invoice.lines.map((line) => ({
      description: said(line.description),
      quantity: said(line.quantity),
      unit_price: said(line.unitPrice),
      // What nobody printed and is worked out of the printed price with tax counts as nothing.
      net: line.grossAmount && line.netAmount?.source === 'derived' ? null : said(line.netAmount),
      gross: said(line.grossAmount),
      tax_rate: said(line.vatRate),
      discount: said(line.discount),
      discount_pct: said(line.discountPercent),
    })),
  }
}

export function foundAccounts(statement: Statement): FoundAccount[] {
  return statement.accounts.map((account) => ({
    fields: {
      'account.iban': said(account.iban),
      'account.number': said(account.accountNumber),
      'account.holder': said(account.holderNames?.[0] ?? statement.holderNames[0]),
      currency: said(account.currency),
      'period.from': said(account.periodStart ?? statement.periodStart),
      'period.to': said(account.periodEnd ?? statement.periodEnd),
      opening: said(account.openingBalance),
      closing: said(account.closingBalance),
    },
    rows: account.transactions.map((row) => ({
      date: said(row.bookingDate),
      description: said(row.description),
      amount: row.amount.value.amount,
      balance: said(row.balance),
    })),
  }))
}
