import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** What gateways told about accepted jobs while others were killed. */
export type Polled = {
  answers: number
  /** How often there was no status, by what there was instead. */
  unanswered: Record<string, number>
  /** The longest time without an answer, of each gateway and of both together, ms. */
  gaps: { each: number[]; together: number }
  /** What must not be told of an accepted job, in words. */
  faults: string[]
}

const everyMs = 100
const timeoutMs = 5000
const decided = new Set(['completed', 'failed', 'cancelled'])

/** Asks each gateway again and again for the status of accepted jobs, until it is told to stop. */
export function pollStatus(urls: readonly string[], accepted: ReadonlySet<string>): () => Promise<Polled> {
  const over = new AbortController()
  const faults: string[] = []
  const unanswered: Record<string, number> = {}
  const answeredAt = urls.map((): number[] => [])
  const follow = async (url: string, own: number[]) => {
    const ends = new Map<string, string>()
    for (let n = 0; !over.signal.aborted; n++) {
      const ids = [...accepted]
      const id = ids[(n * 7) % Math.max(1, ids.length)]
      if (id !== undefined) {
        const told = await statusOf(url, id)
        if (told.status !== undefined) own.push(performance.now())
        else unanswered[told.why] = (unanswered[told.why] ?? 0) + 1
        const fault = told.status === undefined ? undefined : amiss(ends, id, told.status)
        if (fault) faults.push(`${url} ${fault}`)
      }
      await wait(everyMs, undefined, { signal: over.signal }).catch(() => {})
    }
  }
  const following = urls.map((url, n) => follow(url, answeredAt[n] ?? []))
  return async () => {
    over.abort()
    await Promise.all(following)
    const together = longestGap(answeredAt.flat().toSorted((a, b) => a - b))
    const answers = answeredAt.flat().length
    return { answers, unanswered, gaps: { each: answeredAt.map(longestGap), together }, faults }
  }
}

type Told = { status: string } | { status: undefined; why: string }

/** The status of the job, or that of the answer where it tells of an accepted job what is not so. */
async function statusOf(url: string, id: string): Promise<Told> {
  try {
    const answer = await fetch(`${url}/api/jobs/${id}/status`, { signal: AbortSignal.timeout(timeoutMs) })
    const body = Answer.parse(await answer.json())
    if (answer.status >= 500) return { status: undefined, why: `${answer.status} ${body.code}` }
    return { status: answer.ok ? body.status : `${answer.status}` }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return {
      status: undefined,
      why:
        cause instanceof Error ? `${cause.name} ${'code' in cause ? String(cause.code) : ''}` : 'no answer',
    }
  }
}

const Answer = z.object({
  status: z.union([z.string(), z.number()]).transform(String),
  code: z.string().optional(),
})

function amiss(ends: Map<string, string>, id: string, told: string): string | undefined {
  const end = ends.get(id)
  if (/^\d+$/.test(told)) return `answered ${told} for the accepted job ${id}`
  if (end !== undefined && end !== told) return `told that job ${id} is ${told} after it was ${end}`
  if (decided.has(told)) ends.set(id, told)
  return undefined
}

function longestGap(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, n) => time - (times[n] ?? time))
  return Math.round(Math.max(0, ...gaps))
}
