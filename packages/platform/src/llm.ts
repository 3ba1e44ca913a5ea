import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { llmSettings } from './settings.ts'

export type LlmSettings = z.output<z.ZodObject<typeof llmSettings>>

/** How an endpoint of language models was found; `problem` where it is of no use. */
export type LlmProbe = { url: string; ms: number; problem?: string }

const patienceMs = 5000
/** Lists of models are shorter; of a longer one nothing is read. */
const longestList = 4 * 2 ** 20
const printable = /^[!-~]+$/
const wrongKey = 'its key is empty, or has characters that no key has; check PDF_SMALLER_LLM_API_KEY'

/** A model as servers list it. How much it takes stands under names of their own: vLLM's, OpenRouter's, llama.cpp's. */
const Model = z.object({
  id: z.string(),
  max_model_len: z.number().optional().catch(undefined),
  context_length: z.number().optional().catch(undefined),
  meta: z.object({ n_ctx: z.number().optional() }).optional().catch(undefined),
})
const Models = z.object({ data: z.array(Model).max(10_000) })

/** The address without what is not a part of it: a query, a slash at its end. */
export function llmAddress(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/**
 * The key of the endpoint; read each time, for a file may get a new one.
 * @throws Error that does not tell the key
 */
export async function llmKey({
  LLM_API_KEY,
  LLM_API_KEY_FILE,
}: Pick<LlmSettings, 'LLM_API_KEY' | 'LLM_API_KEY_FILE'>): Promise<string | undefined> {
  const key = LLM_API_KEY_FILE ? (await readFile(LLM_API_KEY_FILE, 'utf8')).trim() : LLM_API_KEY
  // What a client says of a wrong header has the header in it.
  if (key !== undefined && !printable.test(key)) throw new Error(wrongKey)
  return key
}

/**
 * Asks an OpenAI-compatible endpoint for its models, and looks whether those of the settings are among them and take as
 * much as they say; undefined where they name no endpoint. The key is told nowhere.
 */
export async function aboutLlm(settings: LlmSettings): Promise<LlmProbe | undefined> {
  const { LLM_URL } = settings
  if (!LLM_URL) return undefined
  const url = llmAddress(LLM_URL)
  const startedAt = performance.now()
  const problem = await problemOf(`${url}/models`, settings)
  return { url, ms: Math.round(performance.now() - startedAt), ...(problem ? { problem } : {}) }
}

async function problemOf(url: string, settings: LlmSettings): Promise<string | undefined> {
  try {
    const key = await llmKey(settings)
    const response = await fetch(url, {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      // A key is not handed on to where an answer points.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    const { ok, status } = response
    if (ok) return problemOfModel(await listed(response), settings)
    await response.body?.cancel()
    if (status === 401 || status === 403)
      return `it refuses ${key ? 'the key' : 'requests without a key'} with ${status}; check PDF_SMALLER_LLM_API_KEY`
    return `it answers with ${status}; check PDF_SMALLER_LLM_URL`
  } catch (error) {
    if (error instanceof Error && error.message === wrongKey) return wrongKey
    return isOfFile(error)
      ? `its key cannot be read: ${error.message}`
      : `it cannot be reached: ${reasonOf(error)}`
  }
}

/** The models of a list; undefined for an answer that is none. */
async function listed({ body }: Response): Promise<z.infer<typeof Models>['data'] | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > longestList) return undefined
    chunks.push(chunk)
  }
  try {
    return Models.parse(JSON.parse(Buffer.concat(chunks).toString())).data
  } catch {
    return undefined
  }
}

/** Servers that list nothing, or nothing that says how much a model takes, are believed. */
function problemOfModel(
  models: z.infer<typeof Models>['data'] = [],
  { LLM_MODELS, LLM_CONTEXT_TOKENS }: LlmSettings,
): string | undefined {
  if (models.length === 0) return undefined
  for (const name of LLM_MODELS) {
    const model = models.find(({ id }) => id === name)
    if (!model) return `it has no model ${name}; check PDF_SMALLER_LLM_MODELS`
    const takes = model.max_model_len ?? model.context_length ?? model.meta?.n_ctx
    if (takes !== undefined && takes < LLM_CONTEXT_TOKENS)
      return `its model ${name} takes ${takes} tokens, fewer than PDF_SMALLER_LLM_CONTEXT_TOKENS says`
  }
  return undefined
}

const isOfFile = (error: unknown): error is Error => error instanceof Error && 'path' in error

/** What fetch throws says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`
  return error.cause instanceof Error ? error.cause.message : error.message
}
