import { z } from 'zod'
import { aJob, aLookUp, aRead } from './endings.ts'
import { JobParams } from './job.ts'
import type { Route } from './route.ts'

/** The bytes of a file, of whatever content type it is. */
export const Bytes = z.custom<AsyncIterable<Uint8Array>>()

const file = { schema: Bytes, contentType: '*/*' } as const

const download = {
  access: 'read',
  tag: 'Files',
  headers: z.looseObject({
    range: z.string().optional().describe('One range of bytes (RFC 9110, section 14)'),
    'if-range': z.string().optional().describe('The ETag of the file that the range is meant of'),
    'if-none-match': z.string().optional().describe('ETags of what is there already'),
  }),
  answers: {
    200: { description: 'The file', ...file },
    206: { description: 'The part of the file that Range asked for', ...file },
    304: { description: 'The file has not changed' },
  },
  endings: [
    ...aLookUp,
    'not_finished',
    'job_cancelled',
    'file_expired',
    'unknown_file',
    'range_not_satisfiable',
    ...aRead,
  ],
  jobEndings: aJob,
} as const

const answersWithFailure =
  'Of a failed job its failure is answered, with its own status where that is one of 4xx, else 422.'

export const getResult = {
  ...download,
  id: 'getResult',
  method: 'GET',
  path: '/api/jobs/:id/result',
  summary: 'The first output of a job',
  description: answersWithFailure,
  params: JobParams,
} as const satisfies Route

/** A request for the headers alone. */
const bare = {
  200: { description: 'It is there' },
  206: { description: 'It has the range' },
  304: { description: 'It has not changed' },
} as const

export const headResult = {
  ...getResult,
  answers: bare,
  id: 'headResult',
  method: 'HEAD',
  summary: 'What the first output of a job is, without it',
} as const satisfies Route

export const getFile = {
  ...download,
  id: 'getFile',
  method: 'GET',
  path: '/api/jobs/:id/files/:name',
  summary: 'An output of a job',
  description: `Any of them, by its name. ${answersWithFailure}`,
  params: JobParams.extend({ name: z.string().describe('As in `links.files`, or the name of the output') }),
} as const satisfies Route

export const headFile = {
  ...getFile,
  answers: bare,
  id: 'headFile',
  method: 'HEAD',
  summary: 'What an output of a job is, without it',
} as const satisfies Route
