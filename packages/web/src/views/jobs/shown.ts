import { computed, signal } from '@preact/signals'
import { leaving } from '../../state/commands.ts'
import { jobIds, jobNow, jobsChanged } from '../../state/jobs.ts'
import { type Filter, matches, noFilter, type Row, rowsOf } from './rows.ts'

export const filter = signal<Filter>(noFilter)
/** Keys of groups that are unfolded. */
export const unfolded = signal<ReadonlySet<string>>(new Set())

/** The jobs that are looked for. */
export const found = computed(() => {
  void jobsChanged.value
  return jobIds.value.flatMap((id) => {
    const job = jobNow(id)
    return job && !leaving.value.has(id) && matches(job, filter.value) ? [job] : []
  })
})

export const rows = computed<readonly Row[]>(() => rowsOf(found.value, unfolded.value))

/** The tasks and tags that there are, to choose from. */
export const choices = computed(() => {
  void jobsChanged.value
  const [tasks, tags] = [new Set<string>(), new Set<string>()]
  for (const id of jobIds.value) {
    const job = jobNow(id)
    if (!job) continue
    tasks.add(job.task)
    if (job.tag) tags.add(job.tag)
  }
  return { tasks: [...tasks].toSorted(), tags: [...tags].toSorted() }
})
