import type { ListedJob } from '../api/job.ts'
import { formats, t } from '../texts/index.ts'
import { shownName } from '../texts/shown-name.ts'
import { failureText } from '../texts/failure-words.ts'
import { wordFor } from '../texts/word-for.ts'

/** A job by its files: what people know it by. */
export function nameOf({ inputs, id }: ListedJob): string {
  const [first] = inputs
  if (!first) return `${t.value.jobs.noFile} (${id.slice(-8)})`
  const name = shownName(first.name)
  return inputs.length === 1 ? name : t.value.jobs.files(name, inputs.length - 1)
}

export const taskOf = (task: string): string => wordFor(t.value.task.names, task)

const sum = (files: readonly { size: number }[]) => files.reduce((all, { size }) => all + size, 0)

/** Bytes before and after; after is undefined while there is no result that is the same in another size. */
export function sizesOf({ inputs, outputs, status }: ListedJob): {
  before: number
  after: number | undefined
} {
  const whole = outputs.filter(({ part }) => !part)
  return { before: sum(inputs), after: status === 'completed' && whole.length > 0 ? sum(whole) : undefined }
}

const shrinking: readonly string[] = ['compress', 'bulk-compress']

/** By how much jobs have made their files smaller, as a share of 1; undefined where that is not known, or not what they do. */
export function savingOf(jobs: readonly ListedJob[]): number | undefined {
  const all = { before: 0, after: 0 }
  for (const job of jobs) {
    const { before, after } = sizesOf(job)
    if (!shrinking.includes(job.task) || after === undefined) continue
    all.before += before
    all.after += after
  }
  return all.before === 0 ? undefined : Math.max(0, 1 - all.after / all.before)
}

export const isOpen = ({ status }: Pick<ListedJob, 'status'>) =>
  status === 'scheduled' || status === 'queued' || status === 'running' || status === 'retrying'

/** How long its last attempt took, ms. */
export function tookMs({ startedAt, finishedAt }: ListedJob): number | undefined {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : undefined
}

/** What is to be said of a job beside its state, in a line. */
export function lineOf(job: ListedJob): string {
  const { jobs } = t.value
  const { status, nextAttemptAt, failure, progress, attempt, retries, limits } = job
  const at = nextAttemptAt === undefined ? '' : formats.value.time(nextAttemptAt)
  switch (status) {
    case 'scheduled':
      return jobs.startsAt(at)
    case 'retrying':
      return jobs.triesAgain(at, failure ? failureText(failure) : '')
    case 'running': {
      const stage = progress ? wordFor(jobs.stages, progress.stage) : ''
      const again = retries > 0 ? jobs.attempt(attempt, limits.retries + 1) : ''
      return [stage, again].filter(Boolean).join(' · ')
    }
    case 'failed':
      return failure ? failureText(failure) : ''
    case 'completed':
      return endOf(job)
    case 'queued':
    case 'cancelled':
      return ''
    default:
      return status satisfies never
  }
}

function endOf(job: ListedJob): string {
  const { jobs } = t.value
  if (job.expired) return jobs.gone
  const took = tookMs(job)
  const { before, after } = sizesOf(job)
  const { bytes, duration } = formats.value
  const sizes = after === undefined ? '' : `${bytes(before)} → ${bytes(after)}`
  const from = job.reusedFrom ? jobs.reused : took === undefined ? '' : jobs.took(duration(took))
  return [sizes, from].filter(Boolean).join(' · ')
}

const inputTypes = /^(?:application\/pdf|image\/(?:png|jpeg|webp|tiff))$/

/** Whether its result is a file that tasks take. */
export const isInput = ({ outputs: [first] }: ListedJob): boolean => inputTypes.test(first?.contentType ?? '')
