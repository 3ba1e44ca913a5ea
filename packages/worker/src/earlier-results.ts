import { hash } from 'node:crypto'
import { canonical, JobId, type JobView, resultSubject, streams } from '@pdf-smaller/contracts'
import { type JobStore, loadJob, type Log } from '@pdf-smaller/platform'
import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'

/** Which job of a tenant got a result for the same files and options. Without an answer a job runs as usual. */
export type EarlierResults = {
  /** The job whose result may be served again, with its files as far as the events know. Never throws. */
  find: (task: Task, job: JobView) => Promise<JobView | undefined>
  /** Notes a job that is about to be completed. Never throws. */
  remember: (task: Task, job: JobView) => Promise<void>
}

const Pointer = z.object({ jobId: JobId })

export function openEarlierResults(store: JobStore, log: Log): EarlierResults {
  const lookup = store.lookup(streams.results)
  return {
    find: async (task, job) => {
      // Who asks for a job again, or for a fresh one, does not want what was there before.
      if (!task.reusable || job.fresh || job.retryOf || job.replayOf) return undefined
      try {
        const found = await lookup.get(subjectOf(task, task.reusable.version, job))
        if (found === undefined) return undefined
        const { jobId } = Pointer.parse(JSON.parse(found))
        const { tenant, domain } = job
        const earlier = await loadJob(store, { tenant, domain, task: task.name, jobId })
        return earlier?.status === 'completed' && !earlier.expired ? earlier : undefined
      } catch (error) {
        log.warn({ err: error, jobId: job.id }, 'no answer about an earlier result; the job runs as usual')
        return undefined
      }
    },
    remember: async (task, job) => {
      if (!task.reusable) return
      const pointer: z.infer<typeof Pointer> = { jobId: job.id }
      try {
        await lookup.put(subjectOf(task, task.reusable.version, job), JSON.stringify(pointer))
      } catch (error) {
        log.warn({ err: error, jobId: job.id }, 'the result could not be noted; it will not be served again')
      }
    },
  }
}

/** Equal for jobs that give the same result. Names count: results tell of files by them. */
function subjectOf(task: Task, version: number, { tenant, options, inputs }: JobView): string {
  const files = inputs.map(({ name, sha256 }) => ({ name, sha256 }))
  return resultSubject(tenant, hash('sha256', canonical([task.name, version, options, files]), 'hex'))
}
