import { computed, signal } from '@preact/signals'
import type { StatusView } from '@pdf-smaller/contracts'
import { ask } from '../../api/ask.ts'
import { partOf, z } from '../../api/parts.ts'
import { jobIds, jobNow, jobsChanged } from '../../state/jobs.ts'
import { isOpen } from '../../state/of-job.ts'
import { placesOf } from './rows.ts'

const Status = partOf<StatusView>()(
  z.object({ meta: z.object({ estimated_end_at: z.nullable(z.string()) }) }),
)

/** When open jobs are expected to end (ISO 8601), by their ids. */
export const forecasts = signal<ReadonlyMap<string, string>>(new Map())

/** The place of each waiting job, from 1. */
export const placed = computed(() => {
  void jobsChanged.value
  return placesOf(jobIds.value.flatMap((id) => jobNow(id) ?? []))
})

/** So often expectations are asked for, ms, and of so many jobs: they change slowly, and are for those who look. */
const everyMs = 5000
const mostJobs = 12

/** Asks what is expected of jobs that are shown, as long as they are. @param shown their ids */
export function followForecasts(shown: () => readonly string[]): () => void {
  const look = async () => {
    if (document.hidden) return
    const open = shown().filter((id) => {
      const job = jobNow(id)
      return job && isOpen(job)
    })
    const found = await Promise.all(open.slice(0, mostJobs).map(endOf))
    forecasts.value = new Map(found.flatMap((each) => each ?? []))
  }
  void look()
  const timer = setInterval(() => void look(), everyMs)
  return () => clearInterval(timer)
}

async function endOf(id: string): Promise<[string, string][] | undefined> {
  const status = await ask(`/api/jobs/${encodeURIComponent(id)}/status`, Status).catch(() => undefined)
  const at = status?.meta.estimated_end_at
  return at ? [[id, at]] : undefined
}
