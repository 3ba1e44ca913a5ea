import { isJobEvent, type JobAddress, jobAddress, type StoredEvent } from '@pdf-smaller/contracts'
import type { Retained } from '@pdf-smaller/domain'
import type { Recorded } from '@pdf-smaller/eventstore'
import type { JobStore } from '@pdf-smaller/platform'

/** What of a job decides about its files. */
export type LoggedJob = Retained & {
  address: JobAddress
  requestedAt: string
  /** Inputs, outputs and corrections that its events tell of. */
  files: number
}

/** A job whose record was to be removed, and whose events up to a sequence are still there. */
export type Unpurged = { address: JobAddress; before: number }

export type Log = {
  jobs: Map<string, LoggedJob>
  unpurged: Unpurged[]
  /** Jobs that a newer release wrote to, by id: what they are and what is theirs cannot be told here. */
  unreadable: Set<string>
}

const phases = ['requested', 'outcome', 'corrected', 'expired', 'erased']

/** Reads from the events which jobs there are, by id; about 300 bytes of memory for each. */
export async function loggedJobs(store: JobStore): Promise<Log> {
  const log: Log = { jobs: new Map(), unpurged: [], unreadable: new Set() }
  const filters = phases.map((phase) => `pdf.*.*.*.*.${phase}`)
  for await (const recorded of store.scan(filters)) note(log, recorded)
  return log
}

function note(
  { jobs, unpurged, unreadable }: Log,
  { subject, event, sequence }: Recorded<StoredEvent>,
): void {
  const address = jobAddress(subject)
  if (address && event.type === 'newer') unreadable.add(address.jobId)
  if (!address || !isJobEvent(event)) return
  const known = jobs.get(address.jobId)
  switch (event.type) {
    case 'pdfsmaller.job.requested.v1':
      jobs.set(address.jobId, {
        address,
        status: 'queued',
        requestedAt: event.time,
        files: event.data.inputs.length,
      })
      return
    case 'pdfsmaller.job.completed.v1':
      if (known) {
        known.files += event.data.outputs.length
        decided(known, 'completed', event.time)
      }
      return
    case 'pdfsmaller.job.failed.v1':
      if (known) decided(known, 'failed', event.time)
      return
    case 'pdfsmaller.job.cancelled.v1':
      if (known) decided(known, 'cancelled', event.time)
      return
    case 'pdfsmaller.job.corrected.v1':
      if (known) known.files++
      return
    case 'pdfsmaller.job.expired.v1':
      if (known) known.expired = true
      return
    case 'pdfsmaller.job.erased.v1':
      jobs.delete(address.jobId)
      // Its events should be purged, but for this one.
      if (known) unpurged.push({ address, before: sequence })
      return
    case 'pdfsmaller.job.started.v1':
    case 'pdfsmaller.job.retry-scheduled.v1':
    case 'pdfsmaller.job.attempt-due.v1':
      return
    default:
      event satisfies never
  }
}

function decided(job: LoggedJob, status: LoggedJob['status'], at: string): void {
  job.status = status
  job.finishedAt = at
}
