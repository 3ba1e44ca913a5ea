import { JobFailure } from '@pdf-smaller/contracts'
import type { RunTask } from '@pdf-smaller/task'
import { compressDocument } from './document.ts'
import type { Options } from './options.ts'
import type { Result } from './result.ts'

/** Compresses the document of a job. */
export const run: RunTask<Options, Result> = async (context) => {
  const [input] = context.inputs
  if (!input) throw new JobFailure('missing_file')
  const { path, result } = await compressDocument(input, context)
  return { outputs: [{ path, name: input.name, contentType: 'application/pdf' }], result }
}
