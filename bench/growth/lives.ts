import { createHash } from 'node:crypto'
import {
  describeFailure,
  type JobAddress,
  type JobEvent,
  type JobView,
  phaseOf,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import { decide, evolve, type JobCommand } from '@pdf-smaller/domain'
import type { NewEvent } from '@pdf-smaller/eventstore'
import { entriesOf } from '@pdf-smaller/platform'

/** One in so many jobs has a failed attempt before it is completed, and one in so many fails for good. */
const [retried, failed] = [12, 40]
const tenants = ['default', ...Array.from({ length: 19 }, (_, n) => `tenant-${n}`)]
const kinds = [
  { upTo: 60, domain: 'compression', task: 'compress', options: { level: 'medium' } },
  { upTo: 80, domain: 'ocr', task: 'ocr', options: { languages: ['eng'], deskew: true } },
  { upTo: 95, domain: 'ocr', task: 'extract-text', options: { format: 'text' } },
  { upTo: 99, domain: 'ai-extraction', task: 'extract-invoice', options: { engine: 'auto' } },
  { upTo: 100, domain: 'conversion', task: 'split', options: { by: 'pages' } },
] as const
const author = { source: 'pdf-smaller/bench', traceparent: `00-${'a1'.repeat(16)}-${'b2'.repeat(8)}-01` }
const limits = { retries: 3, softSeconds: 1500, hardSeconds: 1800 }

/** A job as it is told by its number: seven of ten are of one tenant, as where one application sends most. */
export function addressOf(n: number): JobAddress {
  const { domain, task } = kindOf(n)
  const tenant = n % 10 < 7 ? 'default' : (tenants[(n * 7) % tenants.length] ?? 'default')
  return { tenant, domain, task, jobId: `01936f3c-0000-7000-8000-${n.toString(16).padStart(12, '0')}` }
}

function kindOf(n: number) {
  const drawn = (n * 37 + Math.floor(n / 100) * 13) % 100
  return kinds.find(({ upTo }) => drawn < upTo) ?? kinds[0]
}

/** What becomes of a job, one command after the other. */
export function commandsOf(n: number, { tenant, domain, task, jobId }: JobAddress): JobCommand[] {
  const sha256 = createHash('sha256').update(jobId).digest('hex')
  const name = `statement-${n}.pdf`
  const file = (key: string, size: number) => ({ key, name, size, sha256, contentType: 'application/pdf' })
  const own = { tenant, domain, task, options: kindOf(n).options, requester: `key-${tenant}`, limits }
  const tag = n % 4 === 0 ? { tag: `month-${n % 240}` } : {}
  const inputs = [file(`${tenant}/${jobId}/in/0/${name}`, 400_000 + (n % 9000) * 100)]
  const request: JobCommand = { type: 'Request', data: { ...own, ...tag, inputs } }
  const start: JobCommand = { type: 'Start', sequence: 1, worker: 'compression-7c9f4d5b6-x2x4z' }
  const fail = (code: 'storage_unavailable' | 'damaged_pdf', attempt: number): JobCommand => ({
    type: 'Fail',
    attempt,
    failure: describeFailure(code, 'as it was made up'),
    at: new Date(),
    random: 0.5,
    pace: 1,
  })
  const complete = (attempt: number): JobCommand => ({
    type: 'Complete',
    attempt,
    outputs: [file(`${tenant}/${jobId}/out/${attempt}/${name}`, 200_000)],
    result: { gain: 'smaller', ratio: 0.51, pages: n % 40, passes: [{ name: 'images', saved: 190_000 }] },
    measures: {
      queuedMs: 12,
      runMs: 900 + (n % 900),
      taskMs: 880,
      engineMs: 700,
      enginePeakBytes: 80_000_000,
      bytesIn: 400_000 + (n % 9000) * 100,
      bytesOut: 200_000,
    },
  })
  if (n % failed === 0) return [request, start, fail('damaged_pdf', 1)]
  return n % retried === 0
    ? [request, start, fail('storage_unavailable', 1), start, complete(2)]
    : [request, start, complete(1)]
}

/** A fact to be stored, and the job behind it as soon as its sequence is known. */
export type LifeStep = { entry: NewEvent<StoredEvent>; event: JobEvent }

/**
 * What one command stores, as the domain decides it; what the server would store by itself when a wait is over, as an event of
 * its own.
 */
export function stepsOf(command: JobCommand, address: JobAddress, job: JobView | undefined): LifeStep[] {
  const sequence = job?.queuedBy ?? 0
  const decision = decide(command.type === 'Start' ? { ...command, sequence } : command, job)
  if (decision.kind === 'nothing') throw new Error(`${command.type} changes nothing: ${decision.because}`)
  const { entries, event } = entriesOf(decision, address, job?.revision ?? 0, author)
  const [own, wait] = entries
  if (!wait || !('when' in wait)) return [{ entry: own, event }]
  const due = wait.event as JobEvent
  const { stream } = own
  return [
    { entry: own, event },
    { entry: { stream, name: phaseOf[due.type], event: due }, event: due },
  ]
}

/** A job behind a fact that is stored. */
export const behind = (job: JobView | undefined, { event }: LifeStep, sequence: number) =>
  evolve(job, event, sequence)
