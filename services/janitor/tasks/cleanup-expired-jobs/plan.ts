import { systemTenant } from '@pdf-smaller/contracts'
import { isOverdue, retention, type RetentionPolicy } from '@pdf-smaller/domain'
import type { LoggedJob, Unpurged } from '../../stock/logged-jobs.ts'
import type { StoredFolder } from '../../stock/stored-folders.ts'

const dayMs = 86_400_000

/** What there is: jobs by their events, files by the object store. */
export type Stock = {
  jobs: ReadonlyMap<string, LoggedJob>
  unpurged: readonly Unpurged[]
  /** Jobs that only a newer release can read: nothing of theirs is touched. */
  unreadable: ReadonlySet<string>
  folders: ReadonlyMap<string, StoredFolder>
  /** When the listing of the files began: jobs requested after it may have files that it does not show. */
  listedAt: Date
  /** When the stream of events was made: older files may belong to jobs that another stream tells of. */
  eventsSince: Date
}

export type Plan = {
  /** Jobs whose time is over. */
  expire: { job: LoggedJob; folder: StoredFolder | undefined }[]
  /** Old periodic jobs of the system itself, whose records go. */
  forget: LoggedJob[]
  /** Erased jobs whose events are still there. */
  purge: readonly Unpurged[]
  /** Files of jobs that have expired already: an earlier cleanup did not come to its end. */
  leftovers: StoredFolder[]
  /** Old files that no job tells of. */
  orphans: StoredFolder[]
  /** Files that no job tells of and that stay: too young, or older than the stream of events. */
  unclaimed: StoredFolder[]
  /** Jobs whose files should be there and are not. */
  withoutFiles: LoggedJob[]
}

/** Decides what a cleanup does. */
export function planCleanup(stock: Stock, policy: RetentionPolicy & { orphanMs: number }, now: Date): Plan {
  const plan: Plan = {
    expire: [],
    forget: [],
    purge: stock.unpurged.filter(({ address }) => !stock.unreadable.has(address.jobId)),
    leftovers: [],
    orphans: [],
    unclaimed: [],
    withoutFiles: [],
  }
  for (const [id, job] of stock.jobs) {
    if (stock.unreadable.has(id)) continue
    if (isForgotten(job, now)) plan.forget.push(job)
    const folder = stock.folders.get(id)
    // A job that never had files has nothing to expire.
    if (job.files === 0 && !folder) continue
    if (isOverdue(job, policy, now)) plan.expire.push({ job, folder })
    if (!folder && !job.expired && new Date(job.requestedAt) < stock.listedAt) plan.withoutFiles.push(job)
  }
  for (const [id, folder] of stock.folders) {
    if (stock.unreadable.has(id)) continue
    const job = stock.jobs.get(id)
    if (job?.expired) plan.leftovers.push(folder)
    else if (!job) plan[isOrphan(folder, stock, policy.orphanMs, now) ? 'orphans' : 'unclaimed'].push(folder)
  }
  return plan
}

function isOrphan({ newestAt }: StoredFolder, stock: Stock, orphanMs: number, now: Date): boolean {
  return newestAt >= stock.eventsSince && now.getTime() - newestAt.getTime() > orphanMs
}

function isForgotten({ address, finishedAt }: LoggedJob, now: Date): boolean {
  if (address.tenant !== systemTenant || !finishedAt) return false
  return now.getTime() - Date.parse(finishedAt) > retention.systemRecordDays * dayMs
}
