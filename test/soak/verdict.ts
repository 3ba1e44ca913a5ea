import { isJobEvent, type JobView } from '@pdf-smaller/contracts'
import { evolve, isDecided } from '@pdf-smaller/domain'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { JobStore } from '@pdf-smaller/platform'

export type Seen = { jobs: Map<string, JobView>; outcomes: Map<string, number> }

/** All jobs by their events, and how many outcomes each has. */
export async function readJobs(store: JobStore): Promise<Seen> {
  const seen: Seen = { jobs: new Map(), outcomes: new Map() }
  for await (const { event, sequence, subject } of store.scan(['pdf.>'])) {
    if (!isJobEvent(event)) continue
    const job = evolve(seen.jobs.get(event.subject), event, sequence)
    if (job) seen.jobs.set(job.id, job)
    if (subject.endsWith('.outcome'))
      seen.outcomes.set(event.subject, (seen.outcomes.get(event.subject) ?? 0) + 1)
  }
  return seen
}

/** Jobs that have no outcome yet. */
export const undecided = ({ jobs }: Seen): JobView[] => [...jobs.values()].filter((job) => !isDecided(job))

/** What does not hold, in words: every job in exactly one outcome, every object that of a job. */
export async function faults(
  seen: Seen,
  accepted: ReadonlySet<string>,
  objects: ObjectStore,
): Promise<string[]> {
  const found: string[] = []
  for (const id of accepted) if (!seen.jobs.has(id)) found.push(`job ${id} was accepted and is lost`)
  for (const job of seen.jobs.values()) {
    const outcomes = seen.outcomes.get(job.id) ?? 0
    if (outcomes !== 1) found.push(`job ${job.id} (${job.task}) is ${job.status} with ${outcomes} outcomes`)
    if (job.tenant === 'default' && !accepted.has(job.id)) found.push(`job ${job.id} was never accepted`)
  }
  const wanted = new Set(
    [...seen.jobs.values()].flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ key }) => key)),
  )
  for await (const { key } of objects.list(''))
    if (!wanted.delete(key)) found.push(`the object ${key} is of no job`)
  for (const key of wanted) found.push(`the object ${key} is missing`)
  return found
}
