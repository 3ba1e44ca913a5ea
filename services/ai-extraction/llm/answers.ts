import { DocumentType } from '@pdf-smaller/contracts/extraction'
import { z } from 'zod'

/**
 * The shapes that a model answers in. Servers enforce only a part of JSON Schema, and some fail open on the rest: every
 * property is required and may be null, and there is no pattern, format, union at the root or recursion. Values are text
 * as it is printed, so that each can be found on the page; what they mean is worked out here.
 */
const printed = (what: string) =>
  z.string().nullable().describe(`${what}, exactly as printed; null if not printed`)

const Kind = DocumentType.describe('What kind of document this is')

export const InvoiceHeader = z.object({
  documentType: Kind,
  invoiceNumber: printed('Number of the invoice or credit note'),
  issueDate: printed('Date of the invoice'),
  dueDate: printed('Date by which it is to be paid'),
  currency: z.string().nullable().describe('ISO 4217 code of the currency, such as EUR'),
  net: printed('Total without tax'),
  tax: printed('Total of tax'),
  gross: printed('Total with tax'),
})
export type InvoiceHeader = z.infer<typeof InvoiceHeader>

const party = {
  name: printed('Name'),
  address: printed('Address'),
  vatId: printed('VAT identification number'),
  taxNumber: printed('Tax number that is no VAT identification number'),
}

export const InvoiceDetails = z.object({
  seller: z.object({
    ...party,
    registrationId: printed('Company registration number'),
    email: printed('E-mail'),
  }),
  buyer: z.object({ ...party, customerId: printed('Customer number') }),
  deliveryDate: printed('Date of delivery or service'),
  periodStart: printed('First day of the period of service'),
  periodEnd: printed('Last day of the period of service'),
  purchaseOrder: printed("The buyer's order number"),
  precedingInvoice: printed('Number of the invoice that this one corrects or credits'),
  paymentTerms: printed('Terms of payment'),
  iban: printed('IBAN to pay to'),
  bic: printed('BIC of that account'),
  paymentReference: printed('Reference that the payer is to state'),
  lineSum: printed('Sum of the lines'),
  allowances: printed('Allowances and discounts on the whole document'),
  charges: printed('Charges on the whole document'),
  paid: printed('What is paid already'),
  due: printed('What is still to be paid'),
  taxes: z
    .array(
      z.object({
        rate: printed('Rate in per cent'),
        base: printed('Amount that is taxed'),
        amount: printed('Tax'),
      }),
    )
    .describe('A row for each rate of tax in the totals, at most 10'),
})
export type InvoiceDetails = z.infer<typeof InvoiceDetails>

export const InvoiceRow = z.object({
  position: printed('Number of the line'),
  description: printed('What is sold'),
  productCode: printed('Article number'),
  quantity: printed('Quantity, without its unit'),
  unit: printed('Unit of the quantity'),
  unitPrice: printed('Price of a unit'),
  discount: printed('What is taken off the line'),
  vatRate: printed('Rate of tax in per cent'),
  amount: printed('Amount of the line'),
})
export type InvoiceRow = z.infer<typeof InvoiceRow>
export const InvoiceLines = z.object({ rows: z.array(InvoiceRow) })

export const StatementHeader = z.object({
  documentType: Kind,
  bankName: printed('Name of the bank'),
  holderName: printed('Name of the account holder'),
  statementNumber: printed('Number of the statement'),
  statementDate: printed('Date of the statement'),
  periodStart: printed('First day of the period'),
  periodEnd: printed('Last day of the period'),
  accounts: z
    .array(
      z.object({
        iban: printed('IBAN'),
        accountNumber: printed('Account number that is no IBAN'),
        bic: printed('BIC'),
        currency: z.string().nullable().describe('ISO 4217 code of the currency, such as EUR'),
        openingBalance: printed('Balance before the first transaction, with its sign'),
        closingBalance: printed('Balance after the last transaction, with its sign'),
        totalCredits: printed('Total of what came in'),
        totalDebits: printed('Total of what went out'),
      }),
    )
    .describe('A row for each account of the statement, at most 10'),
})
export type StatementHeader = z.infer<typeof StatementHeader>

export const StatementRow = z.object({
  account: printed('IBAN or number of the account that the row belongs to, if there are several'),
  bookingDate: printed('Date of booking'),
  valueDate: printed('Value date'),
  description: printed('What the transaction was for'),
  amount: printed('Amount, with its sign'),
  direction: z.enum(['in', 'out']).describe('Whether the money came in or went out'),
  balance: printed('Balance after the row'),
})
export type StatementRow = z.infer<typeof StatementRow>
export const StatementRows = z.object({ rows: z.array(StatementRow) })

/** The shape of the answer about each part. */
export const answers = {
  'invoice-header': InvoiceHeader,
  'invoice-details': InvoiceDetails,
  'invoice-lines': InvoiceLines,
  'statement-header': StatementHeader,
  'statement-rows': StatementRows,
} as const

export const parts = [
  'invoice-header',
  'invoice-details',
  'invoice-lines',
  'statement-header',
  'statement-rows',
] as const

/** What is answered about each part. */
export type AnswerOf = { [P in (typeof parts)[number]]: z.output<(typeof answers)[P]> }
