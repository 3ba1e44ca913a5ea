import { effect } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { ListedJob } from '../api/job.ts'
import { apiKey } from '../api/key.ts'
import { asTrouble } from '../api/trouble.ts'
import { sendFile } from '../queue/send-file.ts'
import { alone } from '../queue/tabs.ts'
import { resultFile } from '../state/download.ts'
import { isListed, jobNow, jobsChanged, takeJob } from '../state/jobs.ts'
import { isOpen, nameOf, taskOf } from '../state/of-job.ts'
import { followSteps, keptSteps, setSteps, type Step } from '../state/steps.ts'
import { t } from '../texts/index.ts'
import { addressOf } from '../routing.ts'
import { tell } from '../ui/toast.tsx'
import { submitJobs } from './submit.ts'

/** Has a task done with the result of each job, when it is there. */
export function goOn(jobs: readonly ListedJob[], task: string): void {
  setSteps([...keptSteps(), ...jobs.map(({ id }) => ({ jobId: id, task }))])
  takeDue()
}

/** Goes on with jobs as they end, from now on. */
export function followChains(): void {
  followSteps()
  effect(() => {
    void jobsChanged.value
    takeDue()
  })
  effect(() => {
    if (isListed.value) for (const step of keptSteps()) if (!jobNow(step.jobId)) void find(step)
  })
}

/** A job that has ended since may be older than all that are listed. One that belongs to another key waits for that. */
async function find(step: Step): Promise<void> {
  try {
    takeJob(await ask(`/api/jobs/${encodeURIComponent(step.jobId)}`, ListedJob))
  } catch (error) {
    const { code, message } = asTrouble(error)
    // Without keys all jobs are everybody's: it was deleted.
    if (code !== 'unknown_job' || apiKey.peek()) return
    drop(JSON.stringify(step))
    tell(t.value.jobs.notThen(taskOf(step.task), message))
  }
}

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
  if (job.status !== 'completed') {
    tellNotTaken(job, step, t.value.states[job.status])
    return true
  }
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
    if (retryable) tell(message)
    else tellNotTaken(job, step, message)
    return !retryable
  }
}

/** What comes to nothing is told until somebody has seen it. */
function tellNotTaken(job: ListedJob, { task }: Step, why: string): void {
  const { jobs, files } = t.value
  const act = () => {
    take()
    location.hash = addressOf.job(job.id)
  }
  const take = tell(jobs.notThen(taskOf(task), `${nameOf(job)}: ${why}`), { words: files.open, act })
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
