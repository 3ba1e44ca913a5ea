import { readFile } from 'node:fs/promises'
import type { JanitorConfig } from '../../src/settings.ts'
import type { Findings } from './findings.ts'

type Settings = Pick<JanitorConfig, 'LLM_URL' | 'LLM_API_KEY' | 'LLM_API_KEY_FILE'>

const patienceMs = 5000
const printable = /^[!-~]+$/
const wrongKey = 'is empty, or has characters that no key has; check PDF_SMALLER_LLM_API_KEY'

/** Asks an OpenAI-compatible endpoint for its models; undefined where the settings name none. The key is told nowhere. */
export async function aboutLlm(settings: Settings): Promise<Findings['llm']> {
  const { LLM_URL } = settings
  if (!LLM_URL) return undefined
  const { origin, pathname } = new URL(LLM_URL)
  const url = `${origin}${pathname.replace(/\/+$/, '')}`
  const startedAt = performance.now()
  const problem = await problemOf(`${url}/models`, settings)
  return { url, ms: Math.round(performance.now() - startedAt), ...(problem ? { problem } : {}) }
}

async function problemOf(url: string, settings: Settings): Promise<string | undefined> {
  try {
    const key = await keyOf(settings)
    // What fetch says of a wrong header has the header in it.
    if (key !== undefined && !printable.test(key)) return `its key ${wrongKey}`
    const { ok, status, body } = await fetch(url, {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      // A key is not handed on to where an answer points.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    await body?.cancel()
    if (ok) return undefined
    if (status === 401 || status === 403)
      return `it refuses ${key ? 'the key' : 'requests without a key'} with ${status}; check PDF_SMALLER_LLM_API_KEY`
    return `it answers with ${status}; check PDF_SMALLER_LLM_URL`
  } catch (error) {
    return isOfFile(error)
      ? `its key cannot be read: ${error.message}`
      : `it cannot be reached: ${reasonOf(error)}`
  }
}

/** Read at each check, for a file may get a new key at any time. */
async function keyOf({ LLM_API_KEY, LLM_API_KEY_FILE }: Settings): Promise<string | undefined> {
  if (!LLM_API_KEY_FILE) return LLM_API_KEY
  return (await readFile(LLM_API_KEY_FILE, 'utf8')).trim()
}

const isOfFile = (error: unknown): error is Error => error instanceof Error && 'path' in error

/** What fetch throws says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`
  return error.cause instanceof Error ? error.cause.message : error.message
}
