import { computed } from '@preact/signals'
import type { ListedJob } from '../api/job.ts'
import { jobIds, jobNow, jobsChanged } from './jobs.ts'

/** Completed jobs of single files, whose results are there, by the SHA-256 of the file; the newest first. */
export const doneByHash = computed<ReadonlyMap<string, readonly ListedJob[]>>(() => {
  void jobsChanged.value
  const found = new Map<string, ListedJob[]>()
  for (const id of jobIds.value) {
    const job = jobNow(id)
    const [input] = job?.inputs ?? []
    if (!job || !input || job.inputs.length > 1 || job.status !== 'completed' || job.expired) continue
    const before = found.get(input.sha256)
    if (before) before.push(job)
    else found.set(input.sha256, [job])
  }
  return found
})
