import type { StatementDocument } from '@pdf-smaller/contracts/extraction'
import {
  concludeOther,
  concludeStatement,
  dateReadings,
  dayOf,
  inOrder,
  printedCurrency,
} from '@pdf-smaller/extraction'
import type { StatementHeader } from '../answers.ts'
import { ends } from './batches.ts'
import type { Conventions } from './conventions.ts'
import type { FieldTools } from './fields.ts'
import { gateOf } from './gate.ts'
import { readOnce } from './header.ts'
import { type ReadDocument, type Sheets, toolsOf } from './reading.ts'
import { better, disagreementOf, failedOf } from './repair.ts'
import { readRows } from './rows.ts'
import { type StatementAnswers, statementOf } from './statement-fields.ts'

/** So many parts of a statement are asked for once more; of a longer one only its header is. */
const mostRepaired = 4

/** Reads a bank statement: what it is first, and where it is one, its rows, part by part. */
export const readStatement: ReadDocument = async (sheets) => {
  const { asking, pages, lines, batches, onPart } = sheets
  const outer = ends(lines, asking.model)
  const header = await readOnce('statement-header', outer, asking)
  onPart()
  const { documentType } = header
  const gate = gateOf(documentType, 'bank-statement')
  if (!gate.accepted)
    return concludeOther({ documentType, pages: pages.map(({ number }) => number), gate, choices: [] })
  const rowsOf: StatementAnswers['rows'][] = []
  for (const batch of batches) {
    rowsOf.push(await readRows('statement-rows', batch, sheets))
    onPart()
  }
  const first = concluded(sheets, { header, rows: rowsOf.flat() })
  return failedOf(first).length > 0 ? better(first, await repaired(sheets, header, rowsOf, first)) : first
}

/** Asks once more for the header, and for the rows of short statements. */
async function repaired(
  sheets: Sheets,
  before: StatementHeader,
  rowsOf: readonly StatementAnswers['rows'][],
  first: StatementDocument,
): Promise<StatementDocument> {
  const { asking, lines, batches } = sheets
  const failed = failedOf(first)
  const about = disagreementOf(before, failed)
  const header = await readOnce('statement-header', ends(lines, asking.model), asking, about)
  const rows: StatementAnswers['rows'][number][] = []
  for (const [index, batch] of batches.entries()) {
    const own = rowsOf[index] ?? []
    const again = disagreementOf(
      own.map(({ row }) => row),
      failed,
    )
    rows.push(
      ...(batches.length <= mostRepaired ? await readRows('statement-rows', batch, sheets, again) : own),
    )
  }
  return concluded(sheets, { header: { ...header, documentType: before.documentType }, rows })
}

function concluded(sheets: Sheets, answers: StatementAnswers): StatementDocument {
  const { header, rows } = answers
  const currencies = header.accounts.flatMap(({ currency }) =>
    currency ? (printedCurrency(currency) ?? []) : [],
  )
  const conventions = toolsOf(
    sheets,
    [
      ...header.accounts.flatMap(({ openingBalance, closingBalance }) => [openingBalance, closingBalance]),
      ...rows.flatMap(({ row }) => [row.amount, row.balance]),
    ],
    [
      header.statementDate,
      header.periodStart,
      header.periodEnd,
      ...rows.flatMap(({ row }) => [row.bookingDate, row.valueDate]),
    ],
    currencies[0] ?? null,
  )
  const period = periodOf(header, conventions)
  const tools: FieldTools = { ...conventions, currency: currencies[0] ?? null, period }
  const { documentType } = header
  const pages = sheets.pages.map(({ number }) => number)
  const read = { documentType, pages, gate: gateOf(documentType, 'bank-statement'), choices: tools.choices }
  return concludeStatement(read, statementOf(answers, tools))
}

/** What rows without a year lie in. */
function periodOf(
  { statementDate, periodStart, periodEnd }: StatementHeader,
  { order }: Conventions,
): FieldTools['period'] {
  const day = (printed: string | null) => {
    const reading = printed === null ? undefined : inOrder(dateReadings(printed), order)
    return reading && dayOf(reading)
  }
  const to = day(periodEnd) ?? day(statementDate)
  const from = day(periodStart) ?? to
  return from && to ? { from, to } : undefined
}
