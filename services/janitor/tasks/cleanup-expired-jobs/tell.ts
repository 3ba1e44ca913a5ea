import type { StoredFolder } from '../../stock/stored-folders.ts'
import type { Plan } from './plan.ts'
import { longestList, type Result } from './result.ts'

/** A plan in numbers and short lists. */
export function tell(plan: Plan, dryRun: boolean): Result {
  return {
    dryRun,
    expired: {
      jobs: plan.expire.length,
      ...sum(plan.expire.flatMap(({ folder }) => folder ?? [])),
      list: plan.expire.slice(0, longestList).map(({ job, folder }) => ({
        jobId: job.address.jobId,
        tenant: job.address.tenant,
        task: job.address.task,
        status: job.status,
        finishedAt: job.finishedAt ?? '',
        files: folder?.files ?? 0,
        bytes: folder?.bytes ?? 0,
      })),
    },
    forgotten: { jobs: plan.forget.length },
    leftovers: { jobs: plan.leftovers.length, ...sum(plan.leftovers) },
    orphans: { folders: plan.orphans.length, ...sum(plan.orphans), list: names(plan.orphans) },
    unclaimed: { folders: plan.unclaimed.length, ...sum(plan.unclaimed), list: names(plan.unclaimed) },
    withoutFiles: {
      jobs: plan.withoutFiles.length,
      list: plan.withoutFiles.slice(0, longestList).map(({ address }) => address.jobId),
    },
  }
}

const names = (folders: readonly StoredFolder[]) => folders.slice(0, longestList).map(({ prefix }) => prefix)

function sum(folders: readonly StoredFolder[]): { files: number; bytes: number } {
  return folders.reduce(
    (total, { files, bytes }) => ({ files: total.files + files, bytes: total.bytes + bytes }),
    { files: 0, bytes: 0 },
  )
}
