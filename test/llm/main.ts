import { askOf } from '@pdf-smaller/ai-extraction/testing/asked-model'
import { JobFailure } from '@pdf-smaller/contracts'
import { Extraction } from '@pdf-smaller/contracts/extraction'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { provideSmallModel, type SmallModel } from '../../scripts/provision/small-model.ts'
import { extractInvoice } from '../../services/ai-extraction/tasks/extract-invoice/task.ts'
import { boundedAsk } from './bounded-ask.ts'
import { type MadeInvoice, madeInvoices } from './invoices.ts'
import { verdictsOf } from './judge.ts'
import { readHeader } from './read-header.ts'
import { startRealModel } from './real-model.ts'
import { openReport } from './report.ts'

/**
 * Has a small real model on a real server read the headers of made invoices, and one invoice as a whole: each ends in time,
 * no wrong value passes for one that stands on the page, and at least one header is right. It takes some two minutes of one
 * core. On a busy machine that is longer: each call has its limit, whose end is a failure of its own, and all of it has one.
 */
const contextTokens = 4096
/** What each call may take. A header has some 130 tokens. */
const ofHeader = { answerTokens: 200, seconds: 240 }
/** Small models go on and on with what is not flat, until they are cut off. */
const ofWhole = { answerTokens: 400, seconds: 100 }
/** An answer of another shape is asked for once more. */
const callsOfQuestion = 2
/** Header, details and lines. */
const questionsOfWhole = 3
const longestSeconds = 900

const report = openReport()
const { say, check } = report
say('fetching a small model and its server, some 270 MB, where the cache does not have them')
const small = await provideSmallModel().catch((error: unknown) => error)
if (!isModel(small)) {
  console.error(`\n*** SKIPPED: no real model was asked, so nothing was tested. ***\n${String(small)}\n`)
  process.exit(0)
}
say('starting the server')
const model = await startRealModel(small, contextTokens)
const late = setTimeout(() => end(`not done within ${longestSeconds} s`), longestSeconds * 1000)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(`stopped by ${signal}`))
try {
  await readHeaders()
  await readWhole()
} finally {
  clearTimeout(late)
  await model.stop()
}
process.exit(report.end() ? 0 : 1)

function isModel(given: unknown): given is SmallModel {
  return typeof given === 'object' && given !== null && 'modules' in given
}

/** Ends it at once: what is asked is not waited for. */
function end(why: string): void {
  check('it comes to its end', false, why)
  report.end()
  void model.stop().then(() => process.exit(1))
}

function asked({ answerTokens, seconds }: typeof ofHeader): ReturnType<typeof askOf> {
  return askOf(model.url, {
    PDF_SMALLER_LLM_CONTEXT_TOKENS: String(contextTokens),
    PDF_SMALLER_LLM_ANSWER_TOKENS: String(answerTokens),
    PDF_SMALLER_LLM_SECONDS: String(seconds),
  })
}

async function readHeaders(): Promise<void> {
  let right = 0
  for (const [index, made] of madeInvoices.entries()) {
    say(`header ${index + 1} of ${madeInvoices.length}, ${made.truth.invoiceNumber}`)
    if (await isReadRight(made)) right++
  }
  check('at least one header is right as a whole', right > 0, right)
}

async function isReadRight({ pdf, truth }: MadeInvoice): Promise<boolean> {
  const name = truth.invoiceNumber
  const limit = ofHeader.seconds * callsOfQuestion
  const since = performance.now()
  const read = await readHeader(pdf, boundedAsk(asked(ofHeader), 1, report)).catch(foreseen)
  const took = Math.round((performance.now() - since) / 1000)
  check(`${name} ends within ${limit} s`, took < limit, took)
  if (read instanceof JobFailure) return false
  const verdicts = verdictsOf(read, truth)
  const notRight = verdicts.filter(({ verdict }) => verdict !== 'right')
  const isHonest = verdicts.every(({ verdict }) => verdict !== 'wrong')
  check(`${name}: each value is right, missing or marked`, isHonest, notRight)
  return notRight.length === 0
}

/** All the way through the task: it ends with a result of the published schema, or with a failure that is foreseen. */
async function readWhole(): Promise<void> {
  const [first] = madeInvoices
  if (!first) throw new Error('there is no invoice')
  say(`all of ${first.truth.invoiceNumber}, in ${questionsOfWhole} questions at most`)
  const ask = boundedAsk(asked(ofWhole), questionsOfWhole, report)
  const input = { name: 'invoice.pdf', bytes: first.pdf }
  const ran = await runTask(
    extractInvoice,
    [input],
    { engine: 'llm' },
    { ask, seconds: longestSeconds },
  ).catch(foreseen)
  if (ran instanceof JobFailure) return
  const { outputs, result } = ran
  const read = Extraction.safeParse(JSON.parse(outputs[0]?.bytes.toString() ?? ''))
  check('the whole invoice passes the schema', read.success, result)
  const ungrounded = result.documents.some(({ fields }) => fields.ungrounded > 0)
  check('nothing that stands nowhere is reconciled', !(ungrounded && result.reconciled === true))
}

/** A failure of the model's is one that a job may end with. @throws any other */
function foreseen(error: unknown): JobFailure {
  if (!(error instanceof JobFailure)) throw error
  check('it failed as the service says', error.code.startsWith('llm_'), error.code)
  return error
}
