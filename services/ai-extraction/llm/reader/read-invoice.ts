import type { InvoiceDocument } from '@pdf-smaller/contracts/extraction'
import { concludeInvoice, concludeOther, printedCurrency } from '@pdf-smaller/extraction'
import type { InvoiceHeader } from '../answers.ts'
import { ends } from './batches.ts'
import { gateOf } from './gate.ts'
import { readOnce } from './header.ts'
import { type InvoiceAnswers, invoiceOf } from './invoice-fields.ts'
import { type ReadDocument, type Sheets, toolsOf } from './reading.ts'
import { better, disagreementOf, failedOf } from './repair.ts'
import { readRows } from './rows.ts'

/** Checks whose figures all stand in the header and the details; others are of the lines, too. */
const ofTotals = /^BR-CO-1[1-9]$|^BR-[SZEGOI]|^BR-A[EFG]/

/** Reads an invoice: what it is first, and where it is one, its parties, its payment and its lines. */
export const readInvoice: ReadDocument = async (sheets) => {
  const { asking, pages, lines, onPart } = sheets
  const outer = ends(lines, asking.model)
  const header = await readOnce('invoice-header', outer, asking)
  onPart()
  const gate = gateOf(header.documentType, 'invoice')
  const numbers = pages.map(({ number }) => number)
  if (!gate.accepted)
    return concludeOther({ documentType: header.documentType, pages: numbers, gate, choices: [] })
  const details = await readOnce('invoice-details', outer, asking)
  onPart()
  const answers = { header, details, rows: await rowsOf(sheets) }
  const first = concluded(sheets, answers)
  const failed = failedOf(first)
  return failed.length > 0 ? better(first, await repaired(sheets, answers, first)) : first
}

async function rowsOf(sheets: Sheets): Promise<InvoiceAnswers['rows']> {
  const rows: InvoiceAnswers['rows'][number][] = []
  for (const batch of sheets.batches) {
    rows.push(...(await readRows('invoice-lines', batch, sheets)))
    sheets.onPart()
  }
  return rows
}

/** Asks once more for what does not add up. A long list of lines is left as it is. */
async function repaired(
  sheets: Sheets,
  answers: InvoiceAnswers,
  before: InvoiceDocument,
): Promise<InvoiceDocument> {
  const { asking, lines, batches } = sheets
  const failed = failedOf(before)
  const outer = ends(lines, asking.model)
  const about = (answer: unknown) => disagreementOf(answer, failed)
  const header: InvoiceHeader = await readOnce('invoice-header', outer, asking, about(answers.header))
  const details = await readOnce('invoice-details', outer, asking, about(answers.details))
  const [only, ...others] = batches
  const isOfLines = failed.some(({ id }) => !ofTotals.test(id))
  const rows =
    only && others.length === 0 && isOfLines
      ? await readRows('invoice-lines', only, sheets, about(answers.rows.map(({ row }) => row)))
      : answers.rows
  return concluded(sheets, {
    header: { ...header, documentType: answers.header.documentType },
    details,
    rows,
  })
}

function concluded(sheets: Sheets, answers: InvoiceAnswers): InvoiceDocument {
  const { header, details, rows } = answers
  const currency = header.currency === null ? null : (printedCurrency(header.currency) ?? null)
  const tools = toolsOf(
    sheets,
    [
      header.net,
      header.tax,
      header.gross,
      details.lineSum,
      details.due,
      ...rows.flatMap(({ row }) => [row.unitPrice, row.amount]),
    ],
    [header.issueDate, header.dueDate, details.deliveryDate, details.periodStart, details.periodEnd],
    currency,
  )
  const { documentType } = header
  const pages = sheets.pages.map(({ number }) => number)
  const read = { documentType, pages, gate: gateOf(documentType, 'invoice'), choices: tools.choices }
  return concludeInvoice(read, invoiceOf(answers, { ...tools, currency }))
}
