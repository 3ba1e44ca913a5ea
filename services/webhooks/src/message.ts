import { type JobEvent, type JobView, pingType, type WebhookFilter } from '@pdf-smaller/contracts'
import { filesGoAt, retention } from '@pdf-smaller/domain'

/** What is sent, the same in all attempts. */
export type Message = {
  /** The header `webhook-id`. */
  id: string
  type: string
  body: string
  sequence?: number
  jobId?: string
}

/** Whether an endpoint is told of an event. An erased job has no tag any more, so all are told of its erasure. */
export function isPicked(filter: WebhookFilter, event: JobEvent, job: JobView | undefined): boolean {
  const { types, tasks, tags } = filter
  if (!types.includes(event.type)) return false
  if (event.type === 'pdfsmaller.job.erased.v1') return true
  if (tasks && !tasks.includes(job?.task ?? '')) return false
  return !tags || (job?.tag !== undefined && tags.includes(job.tag))
}

/**
 * An event as it is sent: who and what, and where the rest is. It stays below 20 kB whatever the job.
 * @param job as it is now; undefined of one that was erased
 * @param base the address of the gateway; without it links begin with their paths
 */
export function messageOf(
  { sequence, event }: { sequence: number; event: JobEvent },
  { tenant, job, base }: { tenant: string; job: JobView | undefined; base: string },
): Message {
  const { id, type, time, subject: jobId } = event
  const data = { tenant, jobId, ...(job ? aboutJob(job, base) : {}) }
  return { id, type, sequence, jobId, body: JSON.stringify({ id, type, timestamp: time, sequence, data }) }
}

function aboutJob(job: JobView, base: string) {
  const { task, status, tag, batchId, retryOf, replayOf, failure, cancelled, outputs, expired } = job
  return {
    task,
    status,
    ...(tag === undefined ? {} : { tag: tag.toWellFormed() }),
    ...(batchId ? { batchId } : {}),
    ...(retryOf ? { retryOf } : {}),
    ...(replayOf ? { replayOf } : {}),
    ...(failure ? { failure } : {}),
    ...(cancelled ? { cancelledBy: cancelled.by } : {}),
    outputs: { files: outputs.length, bytes: outputs.reduce((sum, { size }) => sum + size, 0) },
    links: linksOf(job, base),
    ...(expired ? { filesDeletedAt: expired.at } : {}),
  }
}

/** Where the job is, and until when its files are there. The key of the tenant is needed for them. */
function linksOf(job: JobView, base: string) {
  const self = `${base}/api/jobs/${job.id}`
  const until = filesGoAt(job, retention)?.toISOString()
  const hasResult = job.status === 'completed' && job.outputs.length > 0 && until !== undefined
  return {
    self,
    history: `${self}/history`,
    ...(hasResult ? { result: `${self}/result` } : {}),
    ...(until === undefined ? {} : { filesUntil: until }),
  }
}

/** A message that only tries an endpoint. */
export function pingOf(id: string, tenant: string, at: Date): Message {
  const timestamp = at.toISOString()
  return { id, type: pingType, body: JSON.stringify({ id, type: pingType, timestamp, data: { tenant } }) }
}
