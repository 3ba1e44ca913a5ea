import type { ExtractedDocument, Invoice } from '@pdf-smaller/contracts/extraction'
import { expect, it } from 'vitest'
import { account, amount, goodInvoice, line, number, statement, text } from '../../testing/made.ts'
import { concludeInvoice, concludeStatement } from '../checks/conclude.ts'
import type { Read } from '../checks/read.ts'
import { align } from './align.ts'
import { compareDocuments } from './compare.ts'
import { sameValue } from './plain.ts'

const read: Read = {
  documentType: 'invoice',
  pages: [1],
  gate: { accepted: true, confidence: 0.9, reasons: [] },
  choices: [],
}
const invoice = (change: (invoice: Invoice) => unknown = () => {}): ExtractedDocument => {
  const made = goodInvoice()
  change(made)
  return concludeInvoice(read, made)
}

it('finds nothing between two readings that say the same', () => {
  const { same, ...rest } = compareDocuments(
    [invoice()],
    [invoice(({ taxes }) => taxes[0] && (taxes[0].rate = number('19.00')))],
  )
  expect(rest).toEqual({ changed: 0, onlyLeft: 0, onlyRight: 0, differences: [] })
  expect(same).toBeGreaterThan(20)
})

it('tells every field that differs, and where', () => {
  const other = invoice((made) => {
    made.invoiceNumber = text('R-2')
    delete made.issueDate
    made.purchaseOrder = text('PO-1')
    made.totals.gross = amount('47.48')
  })
  expect(compareDocuments([invoice()], [other])).toMatchObject({
    changed: 2,
    onlyLeft: 1,
    onlyRight: 1,
    differences: [
      { path: 'documents[0].invoice.invoiceNumber', state: 'changed', left: 'R-1', right: 'R-2' },
      { path: 'documents[0].invoice.issueDate', state: 'only-left', left: '2025-01-31' },
      { path: 'documents[0].invoice.totals.gross', state: 'changed', left: '47.47 EUR', right: '47.48 EUR' },
      { path: 'documents[0].invoice.purchaseOrder', state: 'only-right', right: 'PO-1' },
    ],
  })
})

it('matches rows by what they say, so that one that is missing shifts no others', () => {
  const statementOf = (moves: bigint[]) =>
    concludeStatement({ ...read, documentType: 'bank-statement' }, statement(account(0n, moves)))
  const whole = statementOf([1n, 2n, 3n, 4n, 5n])
  const part = statementOf([1n, 3n, 4n, 5n])
  const { differences } = compareDocuments([whole], [part])
  const paths = differences.filter(({ state }) => state === 'only-left').map(({ path }) => path)
  expect(paths.every((path) => path.startsWith('documents[0].statement.accounts[0].transactions[1].'))).toBe(
    true,
  )
  expect(differences.some(({ path }) => path.endsWith('amount') && path.includes('[0].amount'))).toBe(false)
  const { differences: more } = compareDocuments(
    [invoice()],
    [invoice(({ lines }) => lines.unshift(line('1', '9.00', '9.00')))],
  )
  expect(more.map(({ state }) => state)).toEqual(Array(4).fill('only-right'))
})

it('takes a document that only one of them has as all of it', () => {
  const { onlyLeft, onlyRight, differences } = compareDocuments([invoice(), invoice()], [invoice()])
  expect(onlyRight).toBe(0)
  expect(onlyLeft).toBe(differences.length)
  expect(differences[0]).toMatchObject({ path: 'documents[1].documentType', state: 'only-left' })
})

it('takes thousands of rows by their number, so that it ends', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ({ amount: amount(`${index}.00`) }))
  expect(align(rows, rows.slice(1))).toHaveLength(5000)
})

it('compares amounts by what they are worth, and texts without their spacing', () => {
  expect(sameValue(amount('5.00'), { value: { amount: '5.00', minor: '500', currency: null } })).toBe(true)
  expect(sameValue(amount('5.00'), amount('5.00', 'USD'))).toBe(false)
  expect(sameValue(text('A  B'), text('A\nB'))).toBe(true)
  expect(sameValue(text('0010'), text('10'))).toBe(false)
})
