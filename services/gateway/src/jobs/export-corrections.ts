import { JobFailure, type JobView } from '@pdf-smaller/contracts'
import type { CorrectionLine } from '@pdf-smaller/contracts/http'
import type { Context } from '../context.ts'
import { correctedEvents, readCorrections } from './corrections.ts'

/** When the corrections were made, ISO times in UTC: `from` inclusive, `to` exclusive. */
export type Span = { from?: string | undefined; to?: string | undefined }

/**
 * The corrections of jobs as lines of JSON, job by job, so that no more than those of one are in memory.
 * @throws JobFailure object_corrupt; StoreUnavailable, ObjectStoreError
 */
export async function* correctionLines(
  context: Context,
  jobs: readonly JobView[],
  span: Span,
): AsyncGenerator<Buffer> {
  for (const job of jobs) {
    const lines = await linesOf(context, job, span)
    if (lines.length > 0) yield Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

async function linesOf(context: Context, job: JobView, { from = '', to }: Span): Promise<CorrectionLine[]> {
  if (job.expired) return []
  const events = (await correctedEvents(context, job)).filter(
    ({ time }) => time >= from && (to === undefined || time < to),
  )
  try {
    const corrections = await readCorrections(context, events)
    const { id: jobId, task } = job
    const inputs = job.inputs.map(({ name, sha256 }) => ({ name, sha256 }))
    return corrections.map(({ document, field, old, value, by, at }) => {
      const said = { document, field, old, value, by, at }
      return { jobId, task, ...said, inputs }
    })
  } catch (error) {
    // They were deleted while the others were written.
    if (error instanceof JobFailure && error.code === 'file_expired') return []
    throw error
  }
}
