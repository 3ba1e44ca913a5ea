import { z } from 'zod'
import { Estimate } from '../estimate.ts'
import { JobId } from '../ids.ts'
import { aNamedUpload, anUpload } from './endings.ts'
import type { Route } from './route.ts'

const task = z.literal('compress').default('compress').describe('The task whose levels are meant')

export const EstimateBody = z.strictObject({
  input: z.strictObject({ upload: JobId.describe('The id of a completed upload') }),
  task,
})

/** What a form asks for besides the file. */
export const EstimateFields = z.strictObject({ task })

export const estimateFile = {
  id: 'estimateFile',
  method: 'POST',
  path: '/api/estimate',
  access: 'submit',
  tag: 'Estimates',
  summary: 'Estimate what each level would gain',
  description:
    'From the structure of the file alone, as it comes in: nothing is stored, and no job is made. Send the file as a ' +
    'form, or name a completed upload in JSON.',
  body: EstimateBody.nullish(),
  bodies: { 'multipart/form-data': EstimateFields.extend({ file: z.file() }) },
  answers: { 200: { description: 'The estimate', schema: Estimate } },
  bringsWork: true,
  endings: ['missing_file', 'too_many_files', ...anUpload, ...aNamedUpload],
} as const satisfies Route
