import type { ListedJob } from '../../api/job.ts'

/** What the list is narrowed to; empty texts narrow nothing. */
export type Filter = { text: string; status: string; task: string; tag: string }

export const noFilter: Filter = { text: '', status: '', task: '', tag: '' }

/** A line of the list: a job, or jobs that belong together and are folded into one. */
export type Row =
  | { kind: 'job'; id: string; inside: boolean }
  | { kind: 'group'; key: string; chain: boolean; ids: readonly string[]; isOpen: boolean }

/** Whether a job is among those that are looked for. */
export function matches(job: ListedJob, { text, status, task, tag }: Filter): boolean {
  if (status && job.status !== status) return false
  if (task && job.task !== task) return false
  if (tag && job.tag !== tag) return false
  if (!text) return true
  const wanted = text.toLowerCase()
  const has = (words: string | undefined) => words !== undefined && words.toLowerCase().includes(wanted)
  return has(job.id) || has(job.task) || has(job.tag) || job.inputs.some(({ name }) => has(name))
}

/**
 * The lines of the list, in the order of the jobs: batches, and jobs of which one goes on where another one ended, stand
 * where the first of them would.
 * @param unfolded keys of groups whose jobs are shown below them
 */
export function rowsOf(jobs: readonly ListedJob[], unfolded: ReadonlySet<string>): Row[] {
  const keys = groupKeys(jobs)
  const groups = Map.groupBy(jobs, ({ id }) => keys.get(id) ?? id)
  const rows: Row[] = []
  for (const [key, group] of groups) {
    const ids = group.map(({ id }) => id)
    const [only] = ids
    if (ids.length === 1 && only !== undefined) {
      rows.push({ kind: 'job', id: only, inside: false })
      continue
    }
    const isOpen = unfolded.has(key)
    rows.push({ kind: 'group', key, chain: group.some(({ batchId }) => batchId !== key), ids, isOpen })
    if (isOpen) for (const id of ids) rows.push({ kind: 'job', id, inside: true })
  }
  return rows
}

/** The key of the group of each job: its batch, or the first job of its chain. Jobs come the newest first. */
function groupKeys(jobs: readonly ListedJob[]): Map<string, string> {
  const keys = new Map<string, string>()
  const madeBy = new Map<string, string>()
  const batched = new Set<string>()
  for (const job of jobs.toReversed()) {
    const [input] = job.inputs
    // A file that another job has made is one that somebody has handed on.
    const before = job.retryOf ?? job.replayOf ?? (input && madeBy.get(input.sha256))
    const chain = before === undefined || batched.has(before) ? undefined : keys.get(before)
    if (job.batchId) batched.add(job.id)
    keys.set(job.id, job.batchId ?? chain ?? job.id)
    // A file that came out as it went in was made by nobody here.
    for (const { sha256 } of job.outputs) if (sha256 !== input?.sha256) madeBy.set(sha256, job.id)
  }
  return keys
}

/** The place of each waiting job among those of its domain, from 1: the workers take the oldest first. */
export function placesOf(jobs: readonly ListedJob[]): Map<string, number> {
  const places = new Map<string, number>()
  const counts = new Map<string, number>()
  for (const { id, domain, status } of jobs.toReversed()) {
    if (status !== 'queued') continue
    const place = (counts.get(domain) ?? 0) + 1
    counts.set(domain, place)
    places.set(id, place)
  }
  return places
}
