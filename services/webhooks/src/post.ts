import { type AddressRules, checkUrl } from '@pdf-smaller/endpoints'
import { Agent, type Dispatcher, request } from 'undici'
import { checkedLookup, RefusedName, type Resolve } from './lookup.ts'

/** What came of a message that was sent, or tried to be. */
export type Answer = { ms: number } & (
  | {
      kind: 'answered'
      status: number
      /** How long the receiver wants to be left alone. */
      retryAfterMs?: number
      /** The first characters of its body. */
      begins: string
    }
  | { kind: 'none'; why: string }
)

export type Post = {
  /** Never throws: what fails is the receiver's answer, or the lack of one. */
  send: (url: string, headers: Record<string, string>, body: string) => Promise<Answer>
  close: () => Promise<void>
}

export type PostOptions = { rules: AddressRules; timeoutMs: number; resolve: Resolve }

const longestBegin = 500
/** What is read of a body, and for how long: the answer stands in the status. */
const mostBytes = 2048
const bodyMs = 1000
const mostHeaderBytes = 16_384

/** Sends messages to addresses that are allowed. Every connection is for one message, and no proxy is asked. */
export function openPost({ rules, timeoutMs, resolve }: PostOptions): Post {
  const agents = new Map<boolean, Agent>()
  const agentFor = (reach: { internet: boolean; networks: readonly string[] }) => {
    const known = agents.get(reach.internet)
    if (known) return known
    const connect = { lookup: checkedLookup(reach, resolve), timeout: timeoutMs }
    const bounds = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, maxHeaderSize: mostHeaderBytes }
    const agent = new Agent({ ...bounds, connect, pipelining: 0 })
    agents.set(reach.internet, agent)
    return agent
  }
  const send: Post['send'] = async (url, headers, body) => {
    const begun = performance.now()
    const since = () => Math.round(performance.now() - begun)
    const checked = checkUrl(url, rules)
    if (!checked.ok) return { kind: 'none', why: `the address is not allowed: ${checked.why}`, ms: 0 }
    const ending = AbortSignal.timeout(timeoutMs)
    const dispatcher: Dispatcher = agentFor(checked.reach)
    try {
      const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal: ending })
      const retryAfterMs = retryAfter(answer.headers['retry-after'], Date.now())
      const begins = await beginOf(answer.body)
      const told = { status: answer.statusCode, begins, ms: since() }
      return { kind: 'answered', ...told, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
    } catch (error) {
      return { kind: 'none', why: whyNot(error, timeoutMs), ms: since() }
    }
  }
  const close = async () => {
    await Promise.all([...agents.values()].map((agent) => agent.destroy()))
  }
  return { send, close }
}

/** How a body begins; the rest is not read. */
async function beginOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  const late = setTimeout(() => body.destroy(), bodyMs)
  try {
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk as Uint8Array)
      chunks.push(bytes)
      size += bytes.length
      if (size >= mostBytes) break
    }
  } catch {
    // It broke off: what came before is what there is.
  } finally {
    clearTimeout(late)
    body.destroy()
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString().slice(0, longestBegin).toWellFormed()
}

/** Seconds or a date (RFC 9110, section 10.2.3), as ms from now. */
export function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const given = Array.isArray(header) ? header[0] : header
  if (given === undefined) return undefined
  const ms = /^\d{1,9}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

function whyNot(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'it cannot be reached'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (error instanceof RefusedName || error.cause instanceof RefusedName)
    return 'the name stands for no address that webhooks are sent to'
  if (error.name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code))
    return `there was no answer within ${timeoutMs / 1000} s`
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || error.name === 'HTTPParserError')
    return 'its answer is not HTTP as it has to be'
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code)) return `its certificate is not accepted: ${code}`
  return `it cannot be reached: ${code || error.name}`
}
