import { JobId, JobStatus, Tenant } from '@pdf-smaller/contracts'
import { z } from 'zod'

/** The most entries of each list; the counts tell of all. */
export const longestList = 100

const Deleted = z.object({ files: z.int(), bytes: z.int() })

export const Result = z.object({
  /** Nothing was deleted: the counts say what would be. */
  dryRun: z.boolean(),
  /** Jobs whose time is over. */
  expired: Deleted.extend({
    jobs: z.int(),
    list: z.array(
      Deleted.extend({
        jobId: JobId,
        tenant: Tenant,
        task: z.string(),
        status: JobStatus,
        finishedAt: z.string(),
      }),
    ),
  }),
  /** Records of the system's own periodic jobs that are old. */
  forgotten: z.object({ jobs: z.int() }),
  /** Files of jobs that had expired before. */
  leftovers: Deleted.extend({ jobs: z.int() }),
  /** Old files that belong to no job. */
  orphans: Deleted.extend({ folders: z.int(), list: z.array(z.string()) }),
  /** Files that belong to no job and stay: younger than the limit, or older than the stream of events. */
  unclaimed: Deleted.extend({ folders: z.int(), list: z.array(z.string()) }),
  /** Jobs whose files are gone without an event that says so. */
  withoutFiles: z.object({ jobs: z.int(), list: z.array(JobId) }),
})
export type Result = z.infer<typeof Result>
