import { z } from 'zod'
import { FieldPath } from '../extraction/checks.ts'
import { Correction, CorrectionBody } from '../extraction/correction.ts'
import { Comparison } from '../extraction/differences.ts'
import { EngineRun, Extraction } from '../extraction/extraction.ts'
import { FieldValue } from '../extraction/values.ts'
import { JobId } from '../ids.ts'
import { aFile, aJob, aLookUp, anAppend, aFadingRead } from './endings.ts'
import { Bytes } from './files.ts'
import { Cursor, JobParams, Time } from './job.ts'
import type { Route } from './route.ts'

const reading = { method: 'GET', access: 'read', tag: 'Extractions' } as const

/** Reading what a job has extracted. */
const anExtraction = [
  ...aLookUp,
  'not_finished',
  'job_cancelled',
  'file_expired',
  'no_extraction',
  'extraction_too_large',
  ...aFadingRead,
] as const

/** An extraction with what people have corrected. */
export const CorrectedExtraction = Extraction.extend({
  /** The newest correction of each field that does not stand in the extraction, and of the types of documents. */
  added: z.array(Correction),
})
export type CorrectedExtraction = z.infer<typeof CorrectedExtraction>

export const getExtraction = {
  ...reading,
  id: 'getExtraction',
  path: '/api/jobs/:id/extraction',
  summary: 'What a job has extracted, with its corrections',
  description:
    'The file `extraction.json` of the job. A field that a person has corrected has `corrected` beside its value, the ' +
    'newest of its corrections; what was extracted stays as it is.',
  params: JobParams,
  answers: { 200: { description: 'The extraction', schema: CorrectedExtraction } },
  endings: anExtraction,
  jobEndings: aJob,
} as const satisfies Route

/** One of two jobs that are compared. */
const Compared = z.object({
  jobId: JobId,
  engine: EngineRun,
  reconciled: z.boolean().nullable(),
})

/** Two jobs field by field. */
export const JobComparison = Comparison.extend({
  left: Compared,
  right: Compared,
  /** Whether both have read the same files. */
  sameInputs: z.boolean(),
})
export type JobComparison = z.infer<typeof JobComparison>

export const compareJobs = {
  ...reading,
  id: 'compareJobs',
  path: '/api/jobs/:id/comparison',
  summary: 'How two jobs have read the same document, field by field',
  description:
    'Left is the job that this one replays, or the job of the same task that `with` names; right is this one. Rows are ' +
    'matched by what they say. What people have corrected does not count.',
  params: JobParams,
  querystring: z.strictObject({ with: JobId.optional().describe('Another completed job of the same task') }),
  answers: { 200: { description: 'The differences', schema: JobComparison } },
  endings: [...anExtraction, 'not_comparable'],
  jobEndings: aJob,
} as const satisfies Route

export const correctJob = {
  id: 'correctJob',
  method: 'POST',
  access: 'submit',
  tag: 'Extractions',
  path: '/api/jobs/:id/corrections',
  summary: 'Say what a field should be',
  description:
    'What was extracted stays as it is, and so does the outcome of the job. A field may be corrected again: the newest ' +
    'counts, and all are kept until the files of the job are deleted. The event of the correction names the field and ' +
    'no value.',
  params: JobParams,
  body: CorrectionBody,
  answers: { 201: { description: 'The correction', schema: Correction } },
  endings: [...anExtraction, 'unknown_field', 'wrong_value', 'too_many_corrections', ...aFile, ...anAppend],
  jobEndings: aJob,
} as const satisfies Route

export const CorrectionList = z.object({ jobId: z.string(), corrections: z.array(Correction) })

export const listCorrections = {
  ...reading,
  id: 'listCorrections',
  path: '/api/jobs/:id/corrections',
  summary: 'All corrections of a job, the oldest first',
  description: 'With the values, as long as the files of the job are there.',
  params: JobParams,
  answers: { 200: { description: 'The corrections', schema: CorrectionList } },
  endings: [...aLookUp, 'file_expired', ...aFadingRead],
} as const satisfies Route

/** A line of the export: what a test that reads the same files has to find. */
export const CorrectionLine = z.object({
  jobId: JobId,
  task: z.string(),
  document: z.int().nonnegative(),
  field: FieldPath,
  old: FieldValue.nullable(),
  value: FieldValue.nullable(),
  by: z.string(),
  at: z.string(),
  inputs: z.array(z.object({ name: z.string(), sha256: z.string() })),
})
export type CorrectionLine = z.infer<typeof CorrectionLine>

export const exportCorrections = {
  ...reading,
  id: 'exportCorrections',
  path: '/api/corrections',
  summary: 'Corrections as a set of tests',
  description:
    'Lines of JSON, one for each correction; of a job in their order, and the jobs in that of their requests. Each line ' +
    'names the files by their hashes, so that whoever keeps the files can read them again. When there is more, the header ' +
    '`Link` has the address of the rest as `rel="next"`. A job whose files are deleted has no corrections any more.',
  querystring: z.strictObject({
    task: z.string().optional().describe('The name of their task'),
    from: Time.optional().describe('Made at this time or later'),
    to: Time.optional().describe('Made before this time'),
    limit: z.coerce
      .number<string>()
      .int()
      .min(1)
      .max(200)
      .default(50)
      .describe('The most jobs of one answer'),
    cursor: Cursor.optional().describe('As in the address of the rest'),
  }),
  answers: {
    200: { description: 'A line for each correction', schema: Bytes, contentType: 'application/x-ndjson' },
  },
  endings: ['events_unavailable', ...aFadingRead],
} as const satisfies Route
