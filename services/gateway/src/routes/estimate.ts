import { type Estimate, JobFailure } from '@pdf-smaller/contracts'
import { EstimateFields, estimateFile } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../context.ts'
import { type RequestOf, serve } from '../http/serve.ts'
import { estimateOf } from '../intake/estimate.ts'
import { bounded, type FormRequest, receiveForm } from '../intake/receive.ts'
import { openUpload } from '../intake/uploads.ts'
import { faultsOf, WrongInput } from '../problem.ts'

type Found = Omit<Estimate, 'tookMs'>

/** Estimates before jobs. It takes forms. */
export function estimate(app: App, context: Context): void {
  serve(app, estimateFile, async (request, reply) => {
    const startedAt = performance.now()
    const found = request.isMultipart() ? await ofForm(context, request) : await ofUpload(context, request)
    void reply.send({ ...found, tookMs: Math.round(performance.now() - startedAt) })
  })
}

async function ofForm(context: Context, request: FormRequest): Promise<Found> {
  let found: Found | undefined
  const fields = await receiveForm(context, request, 1, async ({ name, content }) => {
    if (found) throw new JobFailure('too_many_files', 'an estimate takes 1')
    found = await estimateOf(bounded(content, request), name)
  })
  const parsed = EstimateFields.safeParse(fields)
  if (!parsed.success) throw new WrongInput('invalid_request', faultsOf(parsed.error))
  if (!found) throw new JobFailure('missing_file')
  return found
}

async function ofUpload(context: Context, { caller, body }: RequestOf<typeof estimateFile>): Promise<Found> {
  if (!body) throw new JobFailure('missing_file')
  const { object, stream } = await openUpload(context, caller, body.input.upload)
  return estimateOf(stream, object.name)
}
