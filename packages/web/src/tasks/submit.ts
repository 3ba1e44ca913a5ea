import { askWithHeaders } from '../api/ask.ts'
import { ListedJob } from '../api/job.ts'
import { z } from '../api/parts.ts'
import { Trouble } from '../api/trouble.ts'
import type { Entry } from '../queue/entry.ts'
import { newId } from '../queue/send-file.ts'
import { takeJob } from '../state/jobs.ts'
import { idempotencyKey } from './key.ts'

const Batch = z.object({ jobs: z.array(ListedJob) })

/** A file that is with the service. */
export type Handed = Pick<Entry, 'name' | 'way' | 'sha256'>

/** What is asked for: each list of files is one job. */
export type Asked = {
  task: string
  options: Record<string, unknown>
  jobs: readonly (readonly Handed[])[]
  tag?: string | undefined
}

/** The jobs, in the order of what was asked for; and whether the service had them from an earlier request. */
export type Submitted = { jobs: ListedJob[]; wereThere: boolean }

/**
 * Asks for jobs of files that were uploaded: all of them or none. The same files with the same options give the jobs that are
 * there, unless one of these has failed or has no files any more.
 * @throws Trouble
 */
export async function submitJobs(asked: Asked): Promise<Submitted> {
  let submitted = await request(asked, '').catch((error: unknown) => {
    // Jobs that were deleted leave their key behind, which nothing can have again.
    if (error instanceof Trouble && error.code === 'idempotency_conflict') return request(asked, newId())
    throw error
  })
  // Of jobs that came to nothing, the next ones are named after them.
  while (submitted.wereThere && submitted.jobs.some(isOfNoUse))
    submitted = await request(asked, submitted.jobs.map(({ id }) => id).join())
  for (const job of submitted.jobs) takeJob(job)
  return submitted
}

const isOfNoUse = ({ status, expired }: ListedJob) =>
  status === 'failed' || status === 'cancelled' || expired !== undefined

async function request({ task, options, jobs, tag }: Asked, salt: string): Promise<Submitted> {
  const key = idempotencyKey({ task, options, files: jobs.flat() }, `${tag ?? ''} ${jobs.length} ${salt}`)
  const headers: Record<string, string> = key ? { 'idempotency-key': key } : {}
  const each = jobs.map((files) => ({ inputs: files.flatMap(inputOf), options, ...(tag ? { tag } : {}) }))
  const [only] = each
  const wereThere = (given: Headers) => given.get('idempotent-replayed') === 'true'
  if (each.length === 1) {
    const path = `/api/tasks/${encodeURIComponent(task)}/jobs`
    const answer = await askWithHeaders(path, ListedJob, { method: 'POST', json: only, headers })
    return { jobs: [answer.value], wereThere: wereThere(answer.headers) }
  }
  const json = { jobs: each.map((job) => ({ ...job, task })) }
  const answer = await askWithHeaders('/api/jobs', Batch, { method: 'POST', json, headers })
  return { jobs: answer.value.jobs, wereThere: wereThere(answer.headers) }
}

function inputOf({ way, name }: Handed): { upload: string; name: string }[] {
  return way.kind === 'sent' ? [{ upload: way.uploadId, name }] : []
}
