import { JobFailure } from '@pdf-smaller/contracts'
import { llmAddress, llmKey } from '@pdf-smaller/platform'
import type { AiExtractionConfig } from '../../src/settings.ts'
import OpenAI, { APIError, APIUserAbortError } from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import type { PageImage } from '../questions.ts'
import { failureOfAnswer, failureOfRequest, saidIn } from './failures.ts'
import { limitedFetch } from './limited-fetch.ts'

export type Prompt = { system: string; user: string; images: readonly PageImage[] }

export type Request = {
  model: string
  prompt: Prompt
  /** The shape of the answer, and its name. */
  schema: z.ZodType
  name: string
  answerTokens: number
  signal: AbortSignal
}

export type Completion = {
  text: string
  /** The answer ends where there was no room for more. */
  isCut: boolean
  usage: { promptTokens: number; completionTokens: number } | undefined
}

/** What servers do not all take; each is left out for good once it was refused. */
type Habits = { images: boolean; temperature: boolean; lengthName: 'max_tokens' | 'max_completion_tokens' }

export type Client = {
  takesImages: () => boolean
  /** @throws JobFailure that says how the server failed; the signal's reason where that was first */
  complete: (request: Request) => Promise<Completion>
}

type Settings = Pick<
  AiExtractionConfig,
  'LLM_API_KEY' | 'LLM_API_KEY_FILE' | 'LLM_SECONDS' | 'LLM_IMAGES'
> & {
  LLM_URL: string
}

/** A server answers what it likes: only this much of it is relied on. */
const tokens = z.int().nonnegative()
const Answer = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(undefined),
})

/** Opens an OpenAI-compatible endpoint: Chat Completions with a strict JSON schema, no tools, no retries of its own. */
export function openClient(settings: Settings): Client {
  const habits: Habits = {
    images: settings.LLM_IMAGES === 'auto',
    temperature: true,
    lengthName: 'max_tokens',
  }
  return {
    takesImages: () => habits.images,
    complete: async (request) => {
      // Each habit is given up once at most.
      for (;;) {
        try {
          return completionOf(await ask(settings, habits, request))
        } catch (error) {
          if (!giveUp(habits, error, request)) throw failureOfRequest(error, new Date())
        }
      }
    },
  }
}

async function ask(settings: Settings, habits: Habits, request: Request): Promise<unknown> {
  const { model, prompt, schema, name, answerTokens, signal } = request
  const apiKey = await keyOf(settings)
  const ms = settings.LLM_SECONDS * 1000
  const client = new OpenAI({
    baseURL: llmAddress(settings.LLM_URL),
    // The client insists on one.
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: ms,
    // It would tell what is asked and answered.
    logLevel: 'off',
    fetch: limitedFetch,
    // A key is not handed on to where an answer points.
    fetchOptions: { redirect: 'error' },
  })
  // The client's own time limit ends with the head of the answer.
  const late = AbortSignal.timeout(ms)
  try {
    return await client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: prompt.system },
          { role: 'user', content: contentOf(prompt, habits) },
        ],
        response_format: zodResponseFormat(schema, name),
        [habits.lengthName]: answerTokens,
        ...(habits.temperature ? { temperature: 0 } : {}),
      },
      {
        signal: AbortSignal.any([signal, late]),
        headers: apiKey === undefined ? { authorization: null } : {},
      },
    )
  } catch (error) {
    signal.throwIfAborted()
    if (late.aborted) throw new JobFailure('llm_timeout', `more than ${settings.LLM_SECONDS} s`)
    if (error instanceof APIUserAbortError) throw new JobFailure('llm_timeout', '', { cause: error })
    throw failureOfAnswer(error)
  }
}

async function keyOf(settings: Settings): Promise<string | undefined> {
  try {
    return await llmKey(settings)
  } catch (error) {
    throw new JobFailure('llm_rejected', 'its key cannot be read; see PDF_SMALLER_LLM_API_KEY_FILE', {
      cause: error,
    })
  }
}

function contentOf(
  { user, images }: Prompt,
  habits: Habits,
): OpenAI.ChatCompletionUserMessageParam['content'] {
  if (!habits.images || images.length === 0) return user
  return [
    { type: 'text', text: user },
    ...images.map(({ type, data }) => ({
      type: 'image_url' as const,
      image_url: { url: `data:${type};base64,${data}` },
    })),
  ]
}

/** Whether the server refused something that it can be asked without. */
function giveUp(habits: Habits, error: unknown, { prompt }: Request): boolean {
  if (!(error instanceof APIError) || ![400, 415, 422, 500].includes(error.status ?? 0)) return false
  const said = saidIn(error)
  if (habits.images && prompt.images.length > 0 && /image|vision|multi-?modal|mmproj/i.test(said)) {
    habits.images = false
    return true
  }
  if (habits.lengthName === 'max_tokens' && said.includes('max_completion_tokens')) {
    habits.lengthName = 'max_completion_tokens'
    return true
  }
  if (habits.temperature && /temperature/i.test(said)) {
    habits.temperature = false
    return true
  }
  return false
}

function completionOf(given: unknown): Completion {
  const read = Answer.safeParse(given)
  const [choice] = read.data?.choices ?? []
  // Some answer with 200 and an error.
  if (!read.success || !choice) throw new JobFailure('llm_failed', 'its answer has no choices')
  const { finish_reason: end, message } = choice
  if (message.refusal) throw new JobFailure('llm_refused')
  if (end === 'content_filter') throw new JobFailure('llm_filtered')
  const { usage } = read.data
  return {
    text: message.content ?? '',
    isCut: end === 'length',
    usage: usage
      ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens }
      : undefined,
  }
}
