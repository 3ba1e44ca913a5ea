import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type AnyField, Extraction } from '@pdf-smaller/contracts/extraction'
import { inspect } from '@pdf-smaller/pdf'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'
import { provideSmallModel, type SmallModel } from '../../scripts/provision/small-model.ts'
import type { AnswerOf } from '../../services/ai-extraction/llm/answers.ts'
import { modelFor, openAsking } from '../../services/ai-extraction/llm/reader/asking.ts'
import { fieldMaker } from '../../services/ai-extraction/llm/reader/fields.ts'
import { readOnce } from '../../services/ai-extraction/llm/reader/header.ts'
import { type Sheets, sheetsOf, toolsOf } from '../../services/ai-extraction/llm/reader/reading.ts'
import type { PageWords } from '../../services/ai-extraction/reading/page-words.ts'
import { readWords } from '../../services/ai-extraction/reading/read-words.ts'
import { extractInvoice } from '../../services/ai-extraction/tasks/extract-invoice/task.ts'
import { askOf } from '@pdf-smaller/ai-extraction/testing/asked-model'
import { madeInvoices, type Truth } from './invoices.ts'
import { startRealModel } from './real-model.ts'

/**
 * Has a small real model on a real server read made invoices: each ends in time, no wrong value passes for one that stands
 * on the page, and at least one header is right as a whole. Then one goes all the way through the task.
 */
const contextTokens = 4096
const seconds = 290
const settings = {
  PDF_SMALLER_LLM_CONTEXT_TOKENS: String(contextTokens),
  PDF_SMALLER_LLM_ANSWER_TOKENS: '400',
  PDF_SMALLER_LLM_SECONDS: String(seconds),
}
let [passed, failed] = [0, 0]
const check = (what: string, holds: boolean, found: unknown = '') => {
  if (holds) passed++
  else failed++
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what} ${found === '' ? '' : JSON.stringify(found)}`)
}

const small = await provideSmallModel().catch((error: unknown) => error)
if (!isModel(small)) {
  console.error(`\n*** SKIPPED: no real model was asked, so nothing was tested. ***\n${String(small)}\n`)
  process.exit(0)
}
const model = await startRealModel(small, contextTokens)
try {
  await readAll(askOf(model.url, settings))
} finally {
  await model.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

function isModel(given: unknown): given is SmallModel {
  return typeof given === 'object' && given !== null && 'modules' in given
}

async function readAll(ask: AskOf): Promise<void> {
  let whole = 0
  for (const { pdf, truth } of madeInvoices) {
    const name = truth.invoiceNumber
    const since = performance.now()
    const outcome = await headerOf(pdf, ask)
    const took = (performance.now() - since) / 1000
    // An answer that was cut off is asked for twice, and one of another shape, too.
    check(`${name} ended within its limit`, took < seconds * 4, `${took.toFixed(0)} s`)
    if (outcome instanceof JobFailure) {
      check(`${name} failed as one that is foreseen`, outcome.code.startsWith('llm_'), outcome.code)
      continue
    }
    const wrong = Object.keys(truth).filter((key) => !isRight(key, truth, outcome))
    const believed = wrong.filter((key) => outcome[key]?.grounded)
    check(`${name}: every value is right or marked`, believed.length === 0, valuesOf(outcome))
    if (wrong.length === 0) whole++
  }
  check('at least one header is right as a whole', whole > 0, whole)
  await goThrough(ask)
}

type AskOf = ReturnType<typeof askOf>
type Fields = Record<string, AnyField | undefined>

async function headerOf(pdf: Buffer, ask: AskOf): Promise<Fields | JobFailure> {
  const model = await modelFor(ask, undefined)
  if (!model) throw new Error('the settings name no model')
  const asking = openAsking(ask, model, async () => undefined)
  const sheets = sheetsOf(await wordsOf(pdf), asking, () => {})
  try {
    return fieldsOf(await readOnce('invoice-header', sheets.lines, asking), sheets)
  } catch (error) {
    if (error instanceof JobFailure) return error
    throw error
  }
}

async function wordsOf(pdf: Buffer): Promise<PageWords[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-llm-'))
  try {
    const file = path.join(folder, 'in.pdf')
    await writeFile(file, pdf)
    const { engine } = taskContext(folder, {}, { signal: new AbortController().signal })
    const pages: PageWords[] = []
    for await (const page of readWords(await inspect(file, engine), [1], ['eng'], engine)) pages.push(page)
    return pages
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function fieldsOf(header: AnswerOf['invoice-header'], sheets: Sheets): Fields {
  const { net, tax, gross, issueDate, dueDate } = header
  const make = fieldMaker(toolsOf(sheets, [net, tax, gross], [issueDate, dueDate]))
  return {
    invoiceNumber: make.text(header.invoiceNumber),
    issueDate: make.day(issueDate),
    dueDate: make.day(dueDate),
    currency: make.currency(header.currency),
    net: make.money(net),
    tax: make.money(tax),
    gross: make.money(gross),
  }
}

function isRight(key: string, truth: Truth, fields: Fields): boolean {
  const value = fields[key]?.value
  const found = typeof value === 'object' ? value.amount : value
  return Object.entries(truth).some(([name, expected]) => name === key && expected === found)
}

function valuesOf(fields: Fields): object {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, [field?.raw, field?.grounded]]),
  )
}

/** All the way through the task: it ends with a result of the published schema, or with a failure that is foreseen. */
async function goThrough(ask: AskOf): Promise<void> {
  const [first] = madeInvoices
  if (!first) return
  try {
    const input = { name: 'invoice.pdf', bytes: first.pdf }
    const { outputs, result } = await runTask(
      extractInvoice,
      [input],
      { engine: 'llm' },
      { ask, seconds: 3000 },
    )
    const read = Extraction.safeParse(JSON.parse(outputs[0]?.bytes.toString() ?? ''))
    check('a whole invoice passes the schema', read.success, result)
    const ungrounded = result.documents.some(({ fields }) => fields.ungrounded > 0)
    check('nothing that stands nowhere is reconciled', !(ungrounded && result.reconciled === true))
  } catch (error) {
    const code = error instanceof JobFailure ? error.code : String(error)
    check('a whole invoice ended as one that is foreseen', code.startsWith('llm_'), code)
  }
}
