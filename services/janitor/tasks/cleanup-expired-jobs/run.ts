import { retention } from '@pdf-smaller/domain'
import type { RunTask, TaskContext } from '@pdf-smaller/task'
import { loggedJobs } from '../../stock/logged-jobs.ts'
import { storedFolders } from '../../stock/stored-folders.ts'
import type { Backbone } from '../backbone.ts'
import { carryOut } from './carry-out.ts'
import type { Options } from './options.ts'
import { planCleanup, type Stock } from './plan.ts'
import type { Result } from './result.ts'
import { tell } from './tell.ts'

/** Compares jobs with files, and deletes what is over. Each step may be repeated, by any number of janitors at once. */
export const runOver =
  (backbone: Backbone): RunTask<Options, Result> =>
  async (context) => {
    const { options, progress, log } = context
    const stock = await takeStock(backbone, context)
    const policy = { ...options, orphanMs: orphanMs(backbone.config) }
    const plan = planCleanup(stock, policy, backbone.clock())
    progress('stock', 1, 1)
    if (!options.dryRun) await carryOut(backbone, plan, context)
    const result = tell(plan, options.dryRun)
    const { expired, orphans, leftovers, withoutFiles } = result
    log.info(
      {
        dryRun: options.dryRun,
        jobs: expired.jobs,
        bytes: expired.bytes,
        orphans: orphans.folders,
        leftovers: leftovers.jobs,
        withoutFiles: withoutFiles.jobs,
      },
      'cleaned up expired jobs',
    )
    return { outputs: [], result }
  }

/** Files first: a job that is requested meanwhile is then known, and its files are no orphans. */
async function takeStock(
  { store, objects, clock }: Backbone,
  { progress, signal }: Pick<TaskContext<Options>, 'progress' | 'signal'>,
): Promise<Stock> {
  const listedAt = clock()
  const folders = await storedFolders(objects, signal)
  progress('stock', 1, 2, `${folders.size} folders of files`)
  const [log, created] = await Promise.all([loggedJobs(store), store.createdAt()])
  signal.throwIfAborted()
  return { folders, ...log, listedAt, eventsSince: new Date(created) }
}

/** An upload waits for its job for as long as the gateway keeps it; only then its files can be orphans. */
function orphanMs({ UPLOAD_KEEP_SECONDS, UPLOAD_SECONDS, UPLOAD_GRACE_SECONDS }: Backbone['config']): number {
  const kept = Math.max(UPLOAD_KEEP_SECONDS, UPLOAD_SECONDS) + UPLOAD_GRACE_SECONDS
  return Math.max(retention.orphanHours * 3600, kept) * 1000
}
