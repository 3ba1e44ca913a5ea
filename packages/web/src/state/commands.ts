import { signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { ListedJob } from '../api/job.ts'
import { z } from '../api/parts.ts'
import { asTrouble } from '../api/trouble.ts'
import { addFiles } from '../queue/queue.ts'
import { addressOf } from '../routing.ts'
import { t } from '../texts/index.ts'
import { shownName } from '../texts/shown-name.ts'
import { tell } from '../ui/toast.tsx'
import { download, resultFile } from './download.ts'
import { dropJob, takeJob } from './jobs.ts'
import { nameOf } from './of-job.ts'

/** Jobs that are shown no more, as they are about to be deleted. */
export const leaving = signal<ReadonlySet<string>>(new Set())

/** So long a deletion can be taken back, ms. */
const undoMs = 6000

const pathOf = ({ id }: ListedJob, end = '') => `/api/jobs/${encodeURIComponent(id)}${end}`

/** Carries something out, and tells what went wrong with it. */
async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    const trouble = asTrouble(error)
    tell(trouble.message)
  }
}

export const cancelJob = (job: ListedJob) =>
  attempt(async () => takeJob(await ask(pathOf(job, '/cancel'), ListedJob, { method: 'POST', json: {} })))

export const retryJob = (job: ListedJob) =>
  attempt(async () => takeJob(await ask(pathOf(job, '/retry'), ListedJob, { method: 'POST' })))

export const downloadResult = (job: ListedJob) => attempt(() => download(job))

/** Puts the result among the files, for another task. */
export const useAsInput = (job: ListedJob) =>
  attempt(async () => {
    const file = await resultFile(job)
    addFiles([{ file }])
    location.hash = addressOf.files()
    tell(t.value.jobs.isInput(shownName(file.name)))
  })

/** Deletions that are still to come, by the ids of the jobs. */
const pending = new Map<string, () => void>()

/** Whoever leaves takes nothing back any more. */
addEventListener('pagehide', () => {
  for (const carryOut of pending.values()) carryOut()
})

/** Deletes a job and its files in a moment, or when the page is left; until then that can be taken back. */
export function deleteJob(job: ListedJob): void {
  const { jobs } = t.value
  setLeaving(job.id, true)
  const end = () => {
    clearTimeout(timer)
    pending.delete(job.id)
    take()
  }
  const undo = () => {
    end()
    setLeaving(job.id, false)
  }
  const carryOut = () => {
    end()
    void attempt(() => erase(job))
  }
  const take = tell(jobs.removed(nameOf(job)), { words: jobs.undo, act: undo })
  const timer = setTimeout(carryOut, undoMs)
  pending.set(job.id, carryOut)
}

async function erase(job: ListedJob): Promise<void> {
  try {
    await ask(pathOf(job, '?record=true'), z.object({}), { method: 'DELETE', keepalive: true })
    dropJob(job.id)
  } finally {
    setLeaving(job.id, false)
  }
}

function setLeaving(id: string, leaves: boolean): void {
  const next = new Set(leaving.peek())
  if (leaves) next.add(id)
  else next.delete(id)
  leaving.value = next
}
