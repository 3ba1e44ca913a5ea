import { type FailureCode, JobFailure } from '@pdf-smaller/contracts'
import type { AnswerQuestion, WorkerParts } from '@pdf-smaller/worker'
import type { AiExtractionConfig } from '../../src/settings.ts'
import { answers } from '../answers.ts'
import { Question, type Reply, type ReadQuestion } from '../questions.ts'
import { leastTokens, mostTokens } from '../tokens.ts'
import { type Budget, openBudget, type Tokens } from './budget.ts'
import { type Client, type Completion, openClient, type Prompt, type Request } from './client.ts'
import { finishedRows, understood } from './json-answer.ts'
import { modelOf } from './model.ts'
import { promptOf, withReminder } from './prompts.ts'

type Parts = Pick<WorkerParts, 'metrics' | 'connection'> & { config: AiExtractionConfig }
type Desk = Parts & { client: Client; budget: Budget }
type Asked = { tenant: string; signal: AbortSignal; question: ReadQuestion }

/** A server that counts fewer tokens than that share of what a text has at least did not read all of it. */
const leastRead = 0.75
/** Of how many tokens a picture is, servers think differently; for the budget it is many. */
const tokensOfImage = 2000

/** Answers what tasks ask about language models: it has the key and the network, and they have neither. */
export function openDesk({ config, metrics, connection }: Parts): AnswerQuestion {
  const { LLM_URL = '' } = config
  const desk: Desk = {
    config,
    metrics,
    connection,
    client: openClient({ ...config, LLM_URL }),
    budget: openBudget(config, connection, () => new Date()),
  }
  return async ({ question, tenant, signal }) => {
    const asked = Question.parse(question)
    switch (asked.what) {
      case 'model':
        return modelOf(config, asked.name, desk.client.takesImages())
      case 'read': {
        modelOf(config, asked.model, true)
        return read(desk, { tenant, signal, question: asked })
      }
      default:
        return asked satisfies never
    }
  }
}

/** Asks the model, and once more where its answer has another shape. */
async function read(desk: Desk, asked: Asked): Promise<Reply> {
  const { question } = asked
  const schema = answers[question.part]
  const prompt = promptOf(question)
  const first = await complete(desk, asked, prompt)
  const read = answerOf(first.completion, schema)
  if (read.ok) return replyOf(desk, read, [first])
  const second = await complete(desk, asked, withReminder(prompt, read.why))
  const again = answerOf(second.completion, schema)
  if (again.ok) return replyOf(desk, again, [first, second])
  throw new JobFailure(second.completion.isCut ? 'llm_cut' : 'llm_bad_answer', again.why)
}

type Reading = { ok: true; value: unknown; isCut: boolean } | { ok: false; why: string }

/** The finished rows of an answer that was cut off count; anything else of it does not. */
function answerOf({ text, isCut }: Completion, schema: (typeof answers)[keyof typeof answers]): Reading {
  const whole = understood(text, schema)
  if (whole.ok) return { ...whole, isCut: false }
  const rows = isCut ? finishedRows(text, schema) : undefined
  if (rows !== undefined) return { ok: true, value: rows, isCut }
  return isCut ? { ok: false, why: 'it was cut off' } : whole
}

type Asking = { completion: Completion; tokens: Tokens }

/** Failures by which a server tells that it has answered nothing. */
const unanswered = new Set<FailureCode>([
  'llm_unreachable',
  'llm_rate_limited',
  'llm_failed',
  'llm_rejected',
  'llm_context',
])

async function complete(desk: Desk, asked: Asked, prompt: Prompt): Promise<Asking> {
  const { client, budget, config } = desk
  const { tenant, signal, question } = asked
  const { part, model, room } = question
  const answerTokens = config.LLM_ANSWER_TOKENS * room
  const text = `${prompt.system}\n${prompt.user}`
  const images = client.takesImages() ? prompt.images.length * tokensOfImage : 0
  const expected = { promptTokens: mostTokens(text) + images, completionTokens: answerTokens }
  const reservation = await budget.reserve(tenant, expected)
  const request = { model, prompt, schema: answers[part], name: part.replace('-', '_'), answerTokens, signal }
  const completion = await measured(desk, request).catch(async (error: unknown) => {
    // Of one that was broken off, nobody knows what it cost; what was set aside for it stays spent.
    if (error instanceof JobFailure && unanswered.has(error.code)) await reservation.settle(0n)
    throw error
  })
  const tokens = completion.usage ?? {
    promptTokens: leastTokens(text),
    completionTokens: leastTokens(completion.text),
  }
  tell(desk, model, tokens)
  await reservation.settle(budget.costOf(tokens))
  refuseUnread(completion, text)
  return { completion, tokens }
}

async function measured({ client, metrics }: Desk, request: Request): Promise<Completion> {
  const { model } = request
  const since = performance.now()
  const observe = (outcome: string) =>
    metrics.llmRequests.observe({ model, outcome }, (performance.now() - since) / 1000)
  try {
    const completion = await client.complete(request)
    observe(completion.isCut ? 'cut' : 'answered')
    return completion
  } catch (error) {
    observe(error instanceof JobFailure ? error.code : 'aborted')
    throw error
  }
}

function tell({ metrics, budget }: Desk, model: string, tokens: Tokens): void {
  metrics.llmTokens.inc({ model, kind: 'prompt' }, tokens.promptTokens)
  metrics.llmTokens.inc({ model, kind: 'completion' }, tokens.completionTokens)
  metrics.llmCost.inc({ model }, Number(budget.costOf(tokens)) / 1e9)
}

/** A server whose context is too small may leave the beginning or the end of the text out, and say nothing. */
function refuseUnread({ usage }: Completion, text: string): void {
  const least = Math.floor(leastTokens(text) * leastRead)
  if (usage && usage.promptTokens > 0 && usage.promptTokens < least)
    throw new JobFailure(
      'llm_context',
      `the server read ${usage.promptTokens} tokens of a question that has ${least} at least`,
    )
}

function replyOf(
  { client, budget, config }: Desk,
  { value, isCut }: Extract<Reading, { ok: true }>,
  askings: readonly Asking[],
): Reply {
  const sum = (of: (tokens: Tokens) => number) => askings.reduce((total, { tokens }) => total + of(tokens), 0)
  const tokens = {
    promptTokens: sum(({ promptTokens }) => promptTokens),
    completionTokens: sum(({ completionTokens }) => completionTokens),
  }
  const nanos = budget.costOf(tokens).toString()
  const spent = { calls: askings.length, ...tokens, nanos, currency: config.LLM_CURRENCY }
  return { answer: value, isCut, takesImages: client.takesImages(), spent }
}
