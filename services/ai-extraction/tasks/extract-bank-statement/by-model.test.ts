import { Extraction, type StatementDocument } from '@pdf-smaller/contracts/extraction'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bankStatement } from '@pdf-smaller/testing/pdf/bank-statement'
import { money } from '@pdf-smaller/testing/pdf/money'
import { statementData } from '@pdf-smaller/testing/pdf/statement-data'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import type { AnswerOf } from '../../llm/answers.ts'
import { askOf } from '../../testing/asked-model.ts'
import {
  answers,
  answersByPart,
  type Asked,
  type ScriptedModel,
  startScriptedModel,
  textOf,
} from '../../testing/scripted-model.ts'
import { extractBankStatement } from './task.ts'

let model: ScriptedModel
beforeEach(async () => {
  model = await startScriptedModel()
})
afterEach(() => model.close())

const { openingCents, closingCents, inCents, outCents, transactions } = statementData
const header: AnswerOf['statement-header'] = {
  documentType: 'bank-statement',
  bankName: statementData.bank,
  holderName: statementData.holder,
  statementNumber: null,
  statementDate: null,
  periodStart: '1 February 2026',
  periodEnd: '28 February 2026',
  accounts: [
    {
      iban: statementData.iban,
      accountNumber: null,
      bic: null,
      currency: 'GBP',
      openingBalance: money(openingCents),
      closingBalance: money(closingCents),
      totalCredits: money(inCents),
      totalDebits: money(outCents),
    },
  ],
}
const dayOf = (date: string) => `${date.slice(8)} Feb`
type Row = AnswerOf['statement-rows']['rows'][number]
const rows = transactions.map(({ date, text, amountCents, balanceCents }): Row => ({
  account: null,
  bookingDate: dayOf(date),
  valueDate: null,
  description: text,
  amount: money(Math.abs(amountCents)),
  direction: amountCents < 0 ? 'out' : 'in',
  balance: money(balanceCents),
}))
/** The rows that stand in the text of a question, each on a line with its day and its balance. */
const rowsIn = (asked: Asked, all: readonly Row[]) =>
  all.filter(({ bookingDate, balance }) =>
    new RegExp(`^\\s*${bookingDate}\\s.*\\s${balance?.replaceAll('.', '\\.')}$`, 'm').test(textOf(asked)),
  )

function reads(all: readonly Row[]): void {
  model.plays((asked, response) => {
    const isRows = asked.response_format.json_schema.name === 'statement_rows'
    const turn = isRows ? answers({ rows: rowsIn(asked, all) }) : answersByPart({ statement_header: header })
    turn(asked, response)
  })
}

async function extract(settings: Record<string, string> = {}) {
  const steps: string[] = []
  const { result, outputs } = await runTask(
    extractBankStatement,
    [{ name: 'doc.pdf', bytes: bankStatement() }],
    { engine: 'llm' },
    {
      ask: askOf(model.url, settings),
      progress: (stage, current, total) => void steps.push(`${stage} ${current}/${total}`),
    },
  )
  const extraction = Extraction.parse(JSON.parse(outputs[0]?.bytes.toString() ?? ''))
  const [document] = extraction.documents
  if (document?.kind !== 'bank-statement') throw new Error('there is no statement')
  return { result, document, steps, files: outputs.map(({ name }) => name) }
}
const amountsOf = ({ statement }: StatementDocument) =>
  statement.accounts[0]?.transactions.map(({ amount }) => Number(amount.value.minor))

it('is read part by part, every row with its sign, and leads from balance to balance', async () => {
  reads(rows)
  const { result, document, steps, files } = await extract()
  expect(amountsOf(document)).toEqual(transactions.map(({ amountCents }) => amountCents))
  const [account] = document.statement.accounts
  expect(account?.transactions.map(({ bookingDate }) => bookingDate?.value)).toEqual(
    transactions.map(({ date }) => date),
  )
  expect(account?.transactions.at(-1)).toMatchObject({ seq: transactions.length, page: 2 })
  expect(result).toMatchObject({ reconciled: true, documents: [{ accounts: 1 }] })
  expect(result.documents[0]?.fields.ungrounded).toBe(0)
  expect(files).toEqual(['extraction.json', 'transactions.csv', 'transactions.xlsx', 'transactions.ofx'])
  const parts = model.asked.length - 1
  expect(parts).toBeGreaterThan(1)
  expect(steps).toContain('document_analysis 2/2')
  expect(steps).toContain(`ai_processing ${parts + 1}/${parts + 1}`)
})

it('is asked for in smaller parts where the model takes little', async () => {
  reads(rows)
  const { document } = await extract({
    PDF_SMALLER_LLM_CONTEXT_TOKENS: '3000',
    PDF_SMALLER_LLM_ANSWER_TOKENS: '1000',
  })
  expect(model.asked.length).toBeGreaterThan(4)
  expect(amountsOf(document)).toEqual(transactions.map(({ amountCents }) => amountCents))
})

it.each([
  ['misses a row', (all: Row[]) => all.filter((_, index) => index !== 7)],
  [
    'takes one for its opposite',
    (all: Row[]) => all.map((row, index): Row => (index === 7 ? { ...row, direction: 'in' } : row)),
  ],
])('is not called reconciled by a model that %s, and the row is named', async (_, change) => {
  reads(change(rows))
  const { result, document } = await extract()
  expect(result.reconciled).toBe(false)
  const balance = document.checks.find(({ id }) => id === 'ROW-BALANCE')
  expect(balance?.at?.[0]).toMatch(/transactions\[7\]/)
})
