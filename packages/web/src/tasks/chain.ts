import { effect } from '@preact/signals'
import { z } from '../api/parts.ts'
import { ask } from '../api/ask.ts'
import { ListedJob } from '../api/job.ts'
import { asTrouble, jsonOf } from '../api/trouble.ts'
import { sendFile } from '../queue/send-file.ts'
import { alone } from '../queue/tabs.ts'
import { resultFile } from '../state/download.ts'
import { isListed, jobNow, jobsChanged, takeJob } from '../state/jobs.ts'
import { isOpen } from '../state/of-job.ts'
import { tell } from '../ui/toast.tsx'
import { submitJobs } from './submit.ts'

/** What is to be done with the result of a job. */
const Step = z.object({ jobId: z.string(), task: z.string() })
type Step = z.output<typeof Step>

/** They outlast the page: whoever opens it again goes on with them. All tabs share them. */
const place = 'chains'

/** As many as this page knows of where the browser keeps nothing. */
let steps: readonly Step[] = []

function keptSteps(): readonly Step[] {
  try {
    return z.array(Step).safeParse(jsonOf(localStorage.getItem(place) ?? '')).data ?? []
  } catch {
    return steps
  }
}

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
  setSteps([...keptSteps(), ...jobs.map(({ id }) => ({ jobId: id, task }))])
  takeDue()
}

/** Goes on with jobs as they end, from now on. */
export function followChains(): void {
  effect(() => {
    void jobsChanged.value
    takeDue()
  })
  effect(() => {
    if (isListed.value) for (const { jobId } of keptSteps()) if (!jobNow(jobId)) void find(jobId)
  })
}

/** A job that has ended since may be older than all that are listed. One that belongs to another key waits for that. */
const find = (id: string) =>
  ask(`/api/jobs/${encodeURIComponent(id)}`, ListedJob).then(takeJob, () => undefined)

/** Steps that are being taken, or wait to be tried again. */
const underWay = new Set<string>()
/** Before what failed is tried again, ms. */
const pauseMs = 30_000

function takeDue(): void {
  for (const step of keptSteps()) {
    const job = jobNow(step.jobId)
    const named = JSON.stringify(step)
    if (!job || isOpen(job) || underWay.has(named)) continue
    underWay.add(named)
    void finish(job, step).then((isDone) => {
      if (isDone) drop(named)
      setTimeout(
        () => {
          underWay.delete(named)
          if (!isDone) takeDue()
        },
        isDone ? 0 : pauseMs,
      )
    })
  }
}

const drop = (named: string) => setSteps(keptSteps().filter((each) => JSON.stringify(each) !== named))

/** @returns whether nothing is left to do: a step goes only when the service has its job */
async function finish(job: ListedJob, step: Step): Promise<boolean> {
  if (job.status !== 'completed') return true
  const named = JSON.stringify(step)
  try {
    await alone(`chain ${named}`, async () => {
      // Another tab may have taken it meanwhile.
      if (!keptSteps().some((each) => JSON.stringify(each) === named)) return
      await take(job, step.task)
      drop(named)
    })
    return true
  } catch (error) {
    const { message, retryable } = asTrouble(error)
    tell(message)
    return !retryable
  }
}

/** Two pages that do the same at once get one job, as the file and what is asked of it are the same. */
async function take(job: ListedJob, task: string): Promise<void> {
  const file = await resultFile(job)
  const signal = new AbortController().signal
  const { uploadId } = await sendFile(file, file.name, { onSent: () => {}, signal })
  const handed = {
    name: file.name,
    way: { kind: 'sent', uploadId } as const,
    sha256: job.outputs[0]?.sha256,
  }
  await submitJobs({ task, options: {}, jobs: [[handed]], tag: job.tag })
}
