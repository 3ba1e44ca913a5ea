import { JobFailure, type JobView } from '@pdf-smaller/contracts'
import { type EngineRun, ExtractionResult } from '@pdf-smaller/contracts/extraction'
import type { JobComparison } from '@pdf-smaller/contracts/http'
import type { Context } from '../context.ts'
import type { WorkOn } from './extraction/work-on.ts'
import { findJob } from './find.ts'
import { readExtraction } from './read-extraction.ts'

/**
 * How two jobs of a task have read their documents: on the left the other one, which this one replays where none is named.
 * @throws FailedJob; JobFailure unknown_job, not_comparable, and as readExtraction; ObjectStoreError
 */
export async function compareJob(
  context: Context,
  workOn: WorkOn,
  job: JobView,
  otherId: string | undefined,
): Promise<JobComparison> {
  const leftId = otherId ?? job.replayOf
  if (leftId === undefined) throw new JobFailure('not_comparable', 'it replays no other')
  const other = await findJob(context, job.tenant, leftId)
  if (other.task !== job.task)
    throw new JobFailure('not_comparable', `one is of ${other.task}, the other of ${job.task}`)
  const { engines, ...comparison } = await workOn('compare', async () => ({
    left: await readExtraction(context, other),
    right: await readExtraction(context, job),
  }))
  return {
    left: told(other, engines[0]),
    right: told(job, engines[1]),
    sameInputs: hashesOf(other) === hashesOf(job),
    ...comparison,
  }
}

function told({ id, result }: JobView, engine: EngineRun): JobComparison['left'] {
  return { jobId: id, engine, reconciled: ExtractionResult.parse(result).reconciled }
}

const hashesOf = ({ inputs }: JobView) => inputs.map(({ sha256 }) => sha256).join()
