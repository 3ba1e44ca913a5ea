import type { ExtractedDocument, Invoice, Source, Statement } from '@pdf-smaller/contracts/extraction'

/** A value that was read. What comes from XML or is worked out of other values need not stand on the page. */
export type FoundValue = { text: string; isPrinted: boolean }

/** What a reading says, by the names that truths have for it; null where it says nothing. */
export type FoundRow = Readonly<Record<string, FoundValue | null>>
export type FoundInvoice = { fields: FoundRow; ibans: FoundValue[]; taxes: FoundRow[]; lines: FoundRow[] }
export type FoundAccount = { fields: FoundRow; rows: FoundRow[] }

type Valued = { value: string | { amount: string }; source: Source } | undefined

function said(field: Valued): FoundValue | null {
  if (field === undefined) return null
  const text = typeof field.value === 'string' ? field.value : field.value.amount
  return { text, isPrinted: field.source !== 'xml' && field.source !== 'derived' }
}

/** Document types by the names that truths have for them. */
export const typeOf = ({ documentType }: ExtractedDocument): string => documentType.replaceAll('-', '_')

export function foundInvoice(document: ExtractedDocument, invoice: Invoice): FoundInvoice {
  const { totals, seller, buyer } = invoice
  return {
    fields: {
      document_type: { text: typeOf(document), isPrinted: true },
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
      net: said(line.netAmount),
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
      amount: said(row.amount),
      balance: said(row.balance),
    })),
  }))
}
