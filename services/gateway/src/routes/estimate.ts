import { Estimate, JobFailure, JobId } from '@pdf-smaller/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Context } from '../context.ts'
import { answers } from '../http/answers.ts'
import { estimateOf } from '../intake/estimate.ts'
import { bounded, receiveForm } from '../intake/receive.ts'
import { openUpload } from '../intake/uploads.ts'
import { faultsOf, WrongInput } from '../problem.ts'

const task = z.literal('compress').default('compress').describe('The task whose levels are meant')

const EstimateBody = z.strictObject({
  input: z.strictObject({ upload: JobId.describe('The id of a completed upload') }),
  task,
})
const EstimateForm = z.object({ file: z.file(), task })
const FormFields = z.strictObject({ task })

const schema = {
  tags: ['Estimates'],
  summary: 'Estimate what each level would gain',
  description:
    'From the structure of the file alone, as it comes in: nothing is stored, and no job is made. Send the file as a ' +
    'form, or name a completed upload in JSON.',
  body: EstimateBody.nullish(),
  response: answers({ 200: { description: 'The estimate', schema: Estimate } }, [
    'missing_file',
    'too_many_files',
    'empty_file',
    'not_a_pdf',
    'too_large',
    'broken_upload',
    'upload_timeout',
    'unsupported_media_type',
    'unknown_upload',
    'storage_unavailable',
  ]),
} as const

type Found = Omit<Estimate, 'tookMs'>

/** Estimates before jobs. It takes forms. */
export function estimate(app: App, context: Context): void {
  const config = { access: 'submit' as const, bodies: { 'multipart/form-data': EstimateForm } }
  app.post('/api/estimate', { config, schema }, async (request, reply) => {
    const startedAt = performance.now()
    const found = request.isMultipart()
      ? await ofForm(context, request)
      : await ofUpload(context, request, request.body)
    const answer: Estimate = { ...found, tookMs: Math.round(performance.now() - startedAt) }
    return reply.send(answer)
  })
}

async function ofForm(context: Context, request: FastifyRequest): Promise<Found> {
  let found: Found | undefined
  const fields = await receiveForm(context, request, 1, async ({ name, content }) => {
    if (found) throw new JobFailure('too_many_files', 'an estimate takes 1')
    found = await estimateOf(bounded(content, request), name)
  })
  const parsed = FormFields.safeParse(fields)
  if (!parsed.success) throw new WrongInput('invalid_request', faultsOf(parsed.error))
  if (!found) throw new JobFailure('missing_file')
  return found
}

async function ofUpload(
  context: Context,
  { caller }: FastifyRequest,
  body: z.infer<typeof EstimateBody> | null | undefined,
): Promise<Found> {
  if (!body) throw new JobFailure('missing_file')
  const { object, stream } = await openUpload(context, caller, body.input.upload)
  return estimateOf(stream, object.name)
}
