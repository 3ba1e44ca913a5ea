import type {
  Account,
  DayField,
  Decimal,
  DecimalField,
  ExtractedDocument,
  Invoice,
  InvoiceLine,
  MoneyField,
  PriceField,
  TextField,
  Transaction,
} from '@pdf-smaller/contracts/extraction'

/** A cell: text, a number with all its digits, or nothing. */
export type Cell = string | { number: Decimal } | null

/** The lines of invoices or the transactions of statements, a row each. */
export type Table = { columns: string[]; rows: Cell[][] }

type InLine = { document: number; invoice: Invoice; line: InvoiceLine }
type InRow = { document: number; account: Account; row: Transaction }
type Columns<Row> = Record<string, (row: Row) => Cell>

const text = (field: TextField | DayField | undefined): Cell => field?.value ?? null
const number = (field: DecimalField | undefined): Cell => (field ? { number: field.value } : null)
const amount = (field: MoneyField | PriceField | undefined): Cell =>
  field ? { number: field.value.amount } : null
const count = (value: number): Cell => ({ number: String(value) })

const ofLines: Columns<InLine> = {
  document: ({ document }) => count(document),
  invoiceNumber: ({ invoice }) => text(invoice.invoiceNumber),
  position: ({ line }) => text(line.position),
  productCode: ({ line }) => text(line.productCode),
  description: ({ line }) => text(line.description),
  quantity: ({ line }) => number(line.quantity),
  unit: ({ line }) => text(line.unit),
  unitPrice: ({ line }) => amount(line.unitPrice),
  discount: ({ line }) => amount(line.discount),
  netAmount: ({ line }) => amount(line.netAmount),
  vatRate: ({ line }) => number(line.vatRate),
  taxAmount: ({ line }) => amount(line.taxAmount),
  grossAmount: ({ line }) => amount(line.grossAmount),
  currency: ({ line, invoice }) => line.netAmount?.value.currency ?? text(invoice.currency),
}

const ofTransactions: Columns<InRow> = {
  document: ({ document }) => count(document),
  account: ({ account }) => text(account.iban ?? account.accountNumber),
  seq: ({ row }) => count(row.seq),
  page: ({ row }) => count(row.page),
  bookingDate: ({ row }) => text(row.bookingDate),
  valueDate: ({ row }) => text(row.valueDate),
  description: ({ row }) => text(row.description),
  counterparty: ({ row }) => text(row.counterparty),
  reference: ({ row }) => text(row.reference),
  checkNumber: ({ row }) => text(row.checkNumber),
  debit: ({ row }) => amount(row.debit),
  credit: ({ row }) => amount(row.credit),
  amount: ({ row }) => amount(row.amount),
  balance: ({ row }) => amount(row.balance),
  currency: ({ row, account }) => row.amount.value.currency ?? text(account.currency),
}

/** The lines of all invoices of a file, or the transactions of all its statements; `document` counts from 1. */
export function tableOf(documents: readonly ExtractedDocument[], of: 'lines' | 'transactions'): Table {
  return of === 'lines'
    ? table(ofLines, documents.flatMap(linesIn))
    : table(ofTransactions, documents.flatMap(transactionsIn))
}

function linesIn(document: ExtractedDocument, index: number): InLine[] {
  if (document.kind !== 'invoice') return []
  const { invoice } = document
  return invoice.lines.map((line) => ({ document: index + 1, invoice, line }))
}

function transactionsIn(document: ExtractedDocument, index: number): InRow[] {
  if (document.kind !== 'bank-statement') return []
  return document.statement.accounts.flatMap((account) =>
    account.transactions.map((row) => ({ document: index + 1, account, row })),
  )
}

function table<Row>(columns: Columns<Row>, rows: Row[]): Table {
  const cells = Object.values(columns)
  return { columns: Object.keys(columns), rows: rows.map((row) => cells.map((cell) => cell(row))) }
}

/** Whether a spreadsheet would take a text for a formula. */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text)
}
