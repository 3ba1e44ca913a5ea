import type { Adjustment, Invoice, InvoiceLine, Party, Payment, Tax } from '@pdf-smaller/contracts/extraction'
import type { InvoiceDetails, InvoiceHeader, InvoiceRow } from '../answers.ts'
import { type FieldMaker, fieldMaker, type FieldTools } from './fields.ts'
import { given } from './given.ts'
import type { PlacedRow } from './rows.ts'

/** What a model has said of an invoice. */
export type InvoiceAnswers = {
  header: InvoiceHeader
  details: InvoiceDetails
  rows: readonly PlacedRow<InvoiceRow>[]
}

/** Puts the answers together as an invoice, each value with where it stands. */
export function invoiceOf({ header, details, rows }: InvoiceAnswers, tools: FieldTools): Invoice {
  const make = fieldMaker(tools)
  return {
    ...given({
      invoiceNumber: make.text(header.invoiceNumber),
      issueDate: make.day(header.issueDate, 'issueDate'),
      dueDate: make.day(header.dueDate, 'dueDate'),
      deliveryDate: make.day(details.deliveryDate),
      servicePeriodStart: make.day(details.periodStart),
      servicePeriodEnd: make.day(details.periodEnd),
      currency: make.currency(header.currency),
      purchaseOrder: make.text(details.purchaseOrder),
      precedingInvoice: make.text(details.precedingInvoice),
      paymentTerms: make.prose(details.paymentTerms),
    }),
    seller: sellerOf(details, make),
    buyer: { ...partyOf(details.buyer, make), ...given({ customerId: make.text(details.buyer.customerId) }) },
    payment: paymentOf(details, make),
    lines: rows.map((placed) => lineOf(placed, tools)),
    adjustments: adjustmentsOf(details, make),
    taxes: details.taxes.slice(0, 10).map((tax) => taxOf(tax, make)),
    totals: given({
      lineSum: make.money(details.lineSum),
      allowances: make.money(details.allowances),
      charges: make.money(details.charges),
      net: make.money(header.net),
      tax: make.money(header.tax),
      gross: make.money(header.gross),
      paid: make.money(details.paid),
      due: make.money(details.due),
    }),
  }
}

function partyOf(
  { name, address, vatId, taxNumber }: InvoiceDetails['seller' | 'buyer'],
  make: FieldMaker,
): Party {
  return given({
    name: make.prose(name),
    address: make.prose(address),
    vatId: make.vatId(vatId),
    taxNumber: make.text(taxNumber),
  })
}

function sellerOf({ seller }: InvoiceDetails, make: FieldMaker): Party {
  const more = { registrationId: make.text(seller.registrationId), email: make.text(seller.email) }
  return { ...partyOf(seller, make), ...given(more) }
}

function paymentOf({ iban, bic, paymentReference }: InvoiceDetails, make: FieldMaker): Payment[] {
  const payment = given({ iban: make.iban(iban), bic: make.bic(bic), reference: make.text(paymentReference) })
  return Object.keys(payment).length > 0 ? [payment] : []
}

/** What is taken off or added once is told of in the totals as a sum; as such it is one adjustment. */
function adjustmentsOf({ allowances, charges }: InvoiceDetails, make: FieldMaker): Adjustment[] {
  const [off, on] = [make.money(allowances), make.money(charges)]
  return [
    ...(off ? [{ kind: 'allowance' as const, amount: off }] : []),
    ...(on ? [{ kind: 'charge' as const, amount: on }] : []),
  ]
}

function taxOf({ rate, base, amount }: InvoiceDetails['taxes'][number], make: FieldMaker): Tax {
  return given({ rate: make.decimal(rate), base: make.money(base), amount: make.money(amount) })
}

function lineOf({ row, lines }: PlacedRow<InvoiceRow>, tools: FieldTools): InvoiceLine {
  const make = fieldMaker(tools, lines)
  return given({
    position: make.text(row.position),
    description: make.prose(row.description),
    productCode: make.text(row.productCode),
    quantity: make.decimal(row.quantity),
    unit: make.text(row.unit),
    unitPrice: make.price(row.unitPrice),
    discount: make.money(row.discount),
    vatRate: make.decimal(row.vatRate),
    netAmount: make.money(row.amount),
  })
}
