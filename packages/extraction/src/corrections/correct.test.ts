import { describe, expect, it } from 'vitest'
import type { Correction, Extraction } from '@pdf-smaller/contracts/extraction'
import { account, goodInvoice, statement } from '../../testing/made.ts'
import { concludeInvoice, concludeOther, concludeStatement } from '../checks/conclude.ts'
import type { Read } from '../checks/read.ts'
import { addCorrections, checkedCorrection } from './correct.ts'

const read: Read = {
  documentType: 'invoice',
  pages: [1],
  gate: { accepted: true, confidence: 0.9, reasons: [] },
  choices: [],
}
const extraction = (): Extraction => ({
  schemaVersion: 1,
  kind: 'invoice',
  engine: { name: 'rules' },
  documents: [
    concludeInvoice(read, goodInvoice()),
    concludeStatement({ ...read, documentType: 'bank-statement' }, statement(account(0n, [5n, -2n]))),
    concludeOther({ ...read, documentType: 'letter' }),
  ],
  notes: [],
})
type Value = Parameters<typeof checkedCorrection>[1]['value']
const correct = (field: string, value: Value, document = 0, earlier: string[] = []) =>
  checkedCorrection(
    extraction(),
    { document, field, value },
    earlier.map((each) => ({ document, field: each })),
  )
const refused = (...given: Parameters<typeof correct>) => {
  try {
    return correct(...given)
  } catch (error) {
    return error
  }
}

describe('a correction', () => {
  const gross = { amount: '47.47', minor: '4747', currency: 'EUR' }
  it.each<[string, Value, unknown, unknown]>([
    ['invoice.invoiceNumber', 'R-2', 'R-1', 'R-2'],
    ['invoice.issueDate', '2025-02-28', '2025-01-31', '2025-02-28'],
    ['invoice.totals.gross', '50.10', gross, { amount: '50.10', minor: '5010', currency: 'EUR' }],
    ['invoice.totals.gross', '50.10 USD', gross, { amount: '50.10', minor: '5010', currency: 'USD' }],
    ['invoice.totals.gross', 50, gross, { amount: '50.00', minor: '5000', currency: 'EUR' }],
    ['invoice.totals.gross', gross, gross, gross],
    ['invoice.totals.gross', null, gross, null],
    ['invoice.totals.paid', '1.5', null, { amount: '1.50', minor: '150', currency: 'EUR' }],
    ['invoice.shipTo.name', 'Depot', null, 'Depot'],
    ['invoice.lines[1].quantity', '2.5', '2', '2.5'],
    [
      'invoice.lines[1].unitPrice',
      '5.555',
      { amount: '5.50', currency: 'EUR' },
      { amount: '5.555', currency: 'EUR' },
    ],
    ['invoice.lines[2].netAmount', '7', null, { amount: '7.00', minor: '700', currency: 'EUR' }],
    ['documentType', 'credit-note', 'invoice', 'credit-note'],
  ])('of %s to %j is one of %j', (field, value, old, becomes) => {
    expect(correct(field, value)).toEqual({ old, value: becomes })
  })

  it('of a statement takes the currency of its account', () => {
    expect(correct('statement.accounts[0].transactions[1].amount', '-3', 1)).toEqual({
      old: { amount: '-0.02', minor: '-2', currency: 'EUR' },
      value: { amount: '-3.00', minor: '-300', currency: 'EUR' },
    })
    expect(correct('statement.accounts[0].transactionCount', '3', 1)).toEqual({ old: null, value: 3 })
  })

  it('of rows that nobody read goes on behind those that earlier ones have added', () => {
    expect(refused('invoice.lines[3].netAmount', '7')).toMatchObject({ code: 'unknown_field' })
    expect(correct('invoice.lines[3].netAmount', '7', 0, ['invoice.lines[2].description'])).toMatchObject({
      old: null,
    })
  })

  it.each<[string, number]>([
    ['invoice.nothing', 0],
    ['invoice.totals', 0],
    ['invoice.lines', 0],
    ['invoice.lines[0]', 0],
    ['invoice.lines[3].netAmount', 0],
    ['invoice.lines.netAmount', 0],
    ['invoice.totals.gross.value', 0],
    ['invoice.constructor', 0],
    ['invoice.adjustments[0].kind', 0],
    ['statement.bankName', 0],
    ['statement.accounts[0].transactions[0].seq', 1],
    ['invoice.totals.gross', 1],
    ['invoice.totals.gross', 2],
    ['invoice.totals.gross', 3],
  ])('of %s in document %i is refused by name', (field, document) => {
    const error = refused(field, 'x', document)
    expect(error).toMatchObject({ code: 'unknown_field' })
    expect(String(error)).toContain(`documents[${document}]`)
  })

  it.each<[string, Value]>([
    ['invoice.issueDate', '31.01.2025'],
    ['invoice.issueDate', '2025-02-30'],
    ['invoice.issueDate', 20250131],
    ['invoice.invoiceNumber', 7],
    ['invoice.invoiceNumber', '  '],
    ['invoice.totals.gross', '1.234,50'],
    ['invoice.totals.gross', '1.005'],
    ['invoice.totals.gross', '1.00 Euro'],
    ['invoice.totals.gross', '1.00 EUR x'],
    ['invoice.totals.gross', { amount: '1.00', minor: '1', currency: 'EUR' }],
    ['invoice.lines[0].quantity', 'two'],
    ['documentType', 'invoices'],
    ['documentType', null],
  ])('of %s to %j is refused', (field, value) => {
    expect(refused(field, value)).toMatchObject({ code: 'wrong_value' })
  })
})

it('the newest correction of a field stands beside its value, and what is no field is told apart', () => {
  const told = extraction()
  const made = (number: number, field: string, value: Correction['value']): Correction => ({
    number,
    document: 0,
    field,
    old: null,
    value,
    by: 'key-1',
    at: `2026-01-0${number}T00:00:00.000Z`,
  })
  const all = [
    made(1, 'invoice.invoiceNumber', 'R-2'),
    made(2, 'invoice.lines[2].description', 'Third'),
    made(3, 'invoice.invoiceNumber', 'R-3'),
    made(4, 'documentType', 'credit-note'),
  ]
  expect(addCorrections(told, all)).toEqual([all[1], all[3]])
  const [document] = told.documents
  expect(document?.kind === 'invoice' && document.invoice.invoiceNumber).toMatchObject({
    value: 'R-1',
    corrected: { value: 'R-3', by: 'key-1', at: '2026-01-03T00:00:00.000Z' },
  })
  expect(document?.documentType).toBe('invoice')
})
