import { effect } from '@preact/signals'
import { z } from '../api/parts.ts'
import type { ListedJob } from '../api/job.ts'
import { asTrouble, jsonOf } from '../api/trouble.ts'
import { sendFile } from '../queue/send-file.ts'
import { resultFile } from '../state/download.ts'
import { jobNow, jobsChanged } from '../state/jobs.ts'
import { isOpen } from '../state/of-job.ts'
import { tell } from '../ui/toast.tsx'
import { submitJobs } from './submit.ts'

/** What is to be done with the result of a job. */
const Step = z.object({ jobId: z.string(), task: z.string() })
type Step = z.output<typeof Step>

/** They outlast the page: whoever opens it again goes on with them. */
const place = 'chains'

const keptSteps = (): Step[] => {
  try {
    return z.array(Step).safeParse(jsonOf(localStorage.getItem(place) ?? '')).data ?? []
  } catch {
    return []
  }
}

let steps: readonly Step[] = []

function setSteps(next: readonly Step[]): void {
  steps = next
  try {
    localStorage.setItem(place, JSON.stringify(next))
  } catch {
    // They last as long as the page.
  }
}

/** Has a task done with the result of each job, when it is there. */
export function goOn(jobs: readonly ListedJob[], task: string): void {
  setSteps([...steps, ...jobs.map(({ id }) => ({ jobId: id, task }))])
  takeDue()
}

/** Goes on with jobs as they end, from now on. */
export function followChains(): void {
  steps = keptSteps()
  effect(() => {
    void jobsChanged.value
    takeDue()
  })
}

function takeDue(): void {
  for (const step of steps) {
    const job = jobNow(step.jobId)
    if (!job || isOpen(job)) continue
    setSteps(steps.filter((each) => each !== step))
    if (job.status === 'completed') void take(job, step.task)
  }
}

/** Two pages that do the same at once get one job, as the file and what is asked of it are the same. */
async function take(job: ListedJob, task: string): Promise<void> {
  try {
    const file = await resultFile(job)
    const { name, size, type, lastModified } = file
    const signal = new AbortController().signal
    const { uploadId, contentType } = await sendFile(file, name, { onSent: () => {}, signal })
    const way = { kind: 'sent', uploadId } as const
    const about = {
      name,
      size,
      lastModified,
      contentType: contentType || type,
      sha256: job.outputs[0]?.sha256,
    }
    await submitJobs({ task, options: {}, jobs: [[{ id: job.id, way, ...about }]], tag: job.tag })
  } catch (error) {
    tell(asTrouble(error).message)
  }
}
