import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { assertWebhooks } from '../webhooks/addresses.ts'
import { type Acceptance, acceptJobs, type Asked } from '../jobs/accept.ts'
import { namingOf } from './idempotency.ts'
import { openSubmission, type Submission } from './submission.ts'

/** Opens the submission of the n-th job that is asked for. */
export type OpenSubmission = (index: number) => Submission

/** Brings the jobs together that are asked for, their files stored. */
export type Draft = (open: OpenSubmission) => Promise<Asked[]>

type Asking = Pick<FastifyRequest, 'caller' | 'traceparent'> & {
  headers: { 'idempotency-key'?: string | undefined }
}

/**
 * Accepts the jobs that are drafted, or deletes all that was stored for them.
 * @throws JobFailure tenant_busy, tenant_full, idempotency_conflict, invalid_request, refused_address, unsigned_webhook; StoreUnavailable, StoreFull; what the draft throws
 */
export async function handIn(context: Context, request: Asking, draft: Draft): Promise<Acceptance> {
  const { acceptance } = await accept(context, request, draft, false)
  return acceptance
}

/** Accepts jobs that are listed under an id of their own: all of them or none. @throws as handIn */
export async function handInBatch(
  context: Context,
  request: Asking,
  draft: Draft,
): Promise<Acceptance & { batchId: string }> {
  const { acceptance, batchId } = await accept(context, request, draft, true)
  return { ...acceptance, batchId }
}

async function accept(context: Context, request: Asking, draft: Draft, isBatch: boolean) {
  const { caller, traceparent, headers } = request
  context.limits.check(caller.tenant)
  const naming = namingOf(caller.tenant, headers['idempotency-key'])
  const opened: Submission[] = []
  const drafts = await draft((index) => {
    const submission = openSubmission(context, caller.tenant, naming.jobId(index))
    opened.push(submission)
    return submission
  })
    .then(async (drafted) => {
      const urls = drafted.map(({ data }) => data.webhook)
      await assertWebhooks(context, caller.tenant, urls)
      return drafted
    })
    .catch(async (error: unknown) => {
      await Promise.all(opened.map((submission) => submission.abandon()))
      throw error
    })
  const batchId = naming.batchId()
  const asked = drafts.map(({ data, submission }) => ({
    data: isBatch ? { ...data, batchId } : data,
    submission,
  }))
  const acceptance = await acceptJobs(context, asked, { traceparent, unique: naming.key !== undefined })
  return { acceptance, batchId }
}
