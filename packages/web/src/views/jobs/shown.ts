import { computed, signal } from '@preact/signals'
import { JobStatus, type ListedJob } from '../../api/job.ts'
import { leaving } from '../../state/commands.ts'
import { jobIds, jobNow, jobsChanged, type Narrowed } from '../../state/jobs.ts'
import { type Filter, matches, noFilter, type Row, rowsOf } from './rows.ts'

export const filter = signal<Filter>(noFilter)

/** What of it the service itself can look for; it looks into all jobs, and the page only into those that are here. */
export const narrowed = computed((): Narrowed => {
  const { status, task, tag } = filter.value
  const isStatus = JobStatus.options.some((each) => each === status)
  const said = Object.entries({ status: isStatus ? status : '', task, tag })
  return Object.fromEntries(said.filter(([, value]) => value !== ''))
})
/** Keys of groups that are unfolded. */
export const unfolded = signal<ReadonlySet<string>>(new Set())

/** Gives the value before again where the new one says the same, so that nothing that follows from it is worked out again. */
function steady(make: () => readonly string[]): () => readonly string[] {
  let before: readonly string[] = []
  return () => {
    const now = make()
    const isSame = now.length === before.length && now.every((each, index) => each === before[index])
    if (!isSame) before = now
    return before
  }
}

/** The ids of the jobs that are looked for. */
export const found = computed(
  steady(() => {
    void jobsChanged.value
    return jobIds.value.filter((id) => {
      const job = jobNow(id)
      return job !== undefined && !leaving.value.has(id) && matches(job, filter.value)
    })
  }),
)

export const rows = computed<readonly Row[]>(() =>
  rowsOf(
    found.value.flatMap((id) => jobNow(id) ?? []),
    unfolded.value,
  ),
)

const namesOf = (nameOf: (job: ListedJob) => string | undefined) =>
  steady(() => {
    void jobsChanged.value
    const names = new Set<string>()
    for (const id of jobIds.value) {
      const job = jobNow(id)
      const name = job && nameOf(job)
      if (name) names.add(name)
    }
    return [...names].toSorted()
  })

/** The tasks and tags that there are, to choose from. */
export const tasks = computed(namesOf(({ task }) => task))
export const tags = computed(namesOf(({ tag }) => tag))
