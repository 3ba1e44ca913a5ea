import { ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import { describe, expect, it } from 'vitest'
import { invoiceOf, invoiceSpecs } from '@pdf-smaller/testing/extraction/invoices'
import { statementSpecs } from '@pdf-smaller/testing/extraction/statement-specs'
import { statementOf } from '@pdf-smaller/testing/extraction/statements'
import type { InvoiceTruth, StatementTruth } from '@pdf-smaller/testing/extraction/truth'
import { scoreOf } from './score.ts'

const evidence = {
  raw: null,
  confidence: 1,
  grade: 'certain' as const,
  source: 'text' as const,
  grounded: true,
  provenance: [],
  checks: [],
}
type Printed = string | null | undefined
const text = (value: Printed) => (value ? { value, ...evidence } : undefined)
const price = (amount: Printed) => (amount ? { value: { amount, currency: null }, ...evidence } : undefined)
const amountField = (amount: string) => ({
  value: { amount, minor: amount.replace('.', ''), currency: null },
  ...evidence,
})
const money = (amount: Printed) => (amount ? amountField(amount) : undefined)

const common = {
  pages: [1],
  gate: { accepted: true, confidence: 1, reasons: [] },
  choices: [],
  checks: [],
  reconciled: true,
  why: 'all add up',
}

/** A reading of an invoice in which everything is right. */
function perfectInvoice(truth: InvoiceTruth) {
  const { seller, buyer } = truth
  const invoice = {
    invoiceNumber: text(truth.number),
    issueDate: text(truth.issue_date),
    dueDate: text(truth.due_date),
    currency: text(truth.currency),
    seller: { name: text(seller.name), vatId: text(seller.vat_id) },
    buyer: { name: text(buyer.name), vatId: text(buyer.vat_id) },
    payment: seller.iban ? [{ iban: text(seller.iban) }] : [],
    lines: truth.lines.map((line) => ({
      description: text(line.description),
      quantity: text(line.quantity),
      unitPrice: price(line.unit_price),
      netAmount: money(line.net),
      grossAmount: money(line.gross),
      vatRate: text(line.tax_rate),
      discountPercent: text(line.discount_pct),
    })),
    adjustments: [],
    taxes: truth.taxes.map((tax) => ({
      rate: text(tax.rate),
      base: money(tax.base),
      amount: money(tax.amount),
    })),
    totals: {
      lineSum: money(truth.lines_total),
      allowances: money(truth.allowances),
      charges: money(truth.charges),
      net: money(truth.net_total),
      tax: money(truth.tax_total),
      gross: money(truth.gross_total),
      paid: money(truth.paid),
      due: money(truth.payable),
    },
  }
  const documentType = truth.document_type.replaceAll('_', '-')
  const document = ExtractedDocument.parse({ kind: 'invoice', documentType, ...common, invoice })
  if (document.kind !== 'invoice') throw new Error('it is an invoice')
  return document
}

/** A reading of a statement in which everything is right. */
function perfectStatement(truth: StatementTruth) {
  const accounts = truth.accounts.map(({ account, period, ...rest }) => ({
    iban: text(account.iban),
    accountNumber: text(account.number),
    currency: text(rest.currency),
    periodStart: text(period.from),
    periodEnd: text(period.to),
    openingBalance: money(rest.opening),
    closingBalance: money(rest.closing),
    carryForwards: [],
    transactions: rest.transactions.map((row, index) => ({
      seq: index + 1,
      page: 1,
      bookingDate: text(row.date),
      description: text(row.description),
      amount: money(row.amount),
      balance: money(row.balance),
    })),
  }))
  const holderNames = truth.accounts.slice(0, 1).map(({ account }) => text(account.holder))
  const statement = { bankName: text(truth.bank), holderNames, accounts }
  const document = ExtractedDocument.parse({
    kind: 'bank-statement',
    documentType: 'bank-statement',
    ...common,
    statement,
  })
  if (document.kind !== 'bank-statement') throw new Error('it is a statement')
  return document
}

const invoices = invoiceSpecs
  .flatMap((spec) => invoiceOf(spec).truths)
  .filter((truth) => truth.kind === 'invoice')
const statements = statementSpecs
  .flatMap((spec) => statementOf(spec).truths)
  .filter((truth) => truth.kind === 'statement')
const wrongFields = (score: ReturnType<typeof scoreOf>) =>
  score.cells.filter(({ right }) => !right).map(({ field }) => field)

/** The first of them, which is there. */
function first<Truth>([truth]: readonly Truth[]): Truth {
  if (truth === undefined) throw new Error('the list is empty')
  return truth
}

describe('the score of a reading', () => {
  it('is full where everything is right', () => {
    expect(invoices.length).toBeGreaterThan(25)
    for (const truth of invoices) {
      const score = scoreOf(truth, perfectInvoice(truth))
      expect(wrongFields(score)).toEqual([])
      expect(score.rows).toEqual({ right: truth.lines.length, all: truth.lines.length })
    }
    for (const truth of statements) expect(wrongFields(scoreOf(truth, perfectStatement(truth)))).toEqual([])
  })

  it('is nothing where nothing was read', () => {
    const truth = first(invoices)
    const score = scoreOf(truth, undefined)
    expect(score.typeRight).toBe(false)
    expect(score.rows).toEqual({ right: 0, all: truth.lines.length })
    expect(wrongFields(score)).toContain('gross_total')
  })

  it('loses one row for a row that is missing, too much or wrong, and no other', () => {
    const truth = first(statements)
    const all = truth.accounts[0]?.transactions.length ?? 0
    const broken = (change: (rows: { amount: object }[]) => void) => {
      const document = perfectStatement(truth)
      change(document.statement.accounts[0]?.transactions ?? [])
      return scoreOf(truth, document).rows
    }
    expect(broken((rows) => void rows.splice(4, 1))).toEqual({ right: all - 1, all })
    expect(broken((rows) => void rows.splice(4, 0, ...rows.slice(4, 5)))).toEqual({
      right: all,
      all: all + 1,
    })
    expect(broken(([row]) => void Object.assign(row ?? {}, { amount: amountField('-0.01') }))).toEqual({
      right: all - 1,
      all,
    })
  })

  it('takes what is written otherwise as the same, and another value as wrong', () => {
    const truth = first(invoices)
    const document = perfectInvoice(truth)
    const { seller, totals } = document.invoice
    seller.name = { value: (truth.seller.name ?? '').toUpperCase().replaceAll(' ', ''), ...evidence }
    totals.gross = amountField(`${truth.gross_total}0`)
    expect(wrongFields(scoreOf(truth, document))).toEqual([])
    totals.gross = amountField('1.00')
    totals.paid = amountField('1.00')
    expect(wrongFields(scoreOf(truth, document))).toEqual(['gross_total', 'paid'])
  })

  it('leaves out what stands elsewhere than on the page', () => {
    const truth = first(invoices)
    const document = perfectInvoice(truth)
    document.invoice.totals.paid = { ...amountField('0.00'), source: 'xml' }
    expect(wrongFields(scoreOf(truth, document))).toEqual([])
  })
})
