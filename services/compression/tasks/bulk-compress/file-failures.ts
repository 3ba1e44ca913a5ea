import { type FailureCode, JobFailure } from '@pdf-smaller/contracts'
import type { InputFile } from '@pdf-smaller/task'

/** Failures that lie in a file, so that the others are worth going on with. An engine that fails on one does too. */
const ofTheFile: ReadonlySet<FailureCode> = new Set([
  'not_a_pdf',
  'empty_file',
  'damaged_pdf',
  'encrypted_pdf',
  'signed_pdf',
  'too_large',
  'too_many_pages',
  'too_many_pixels',
  'too_many_objects',
  'decompression_bomb',
  'engine_failed',
  'engine_timeout',
  'out_of_memory',
  'result_damaged',
])

/** Whether a failure is to be blamed on the file that was worked on. */
export function blames(error: unknown): error is JobFailure {
  return error instanceof JobFailure && ofTheFile.has(error.code)
}

/** Where an engine failed on every file the machine may be at fault: the job is tried again. */
const ofEngines: ReadonlySet<FailureCode> = new Set(['engine_failed', 'engine_timeout', 'out_of_memory'])

const mostTold = 3

/** What a batch fails with of which no file worked: the code that all of them share, or else `no_good_file`. */
export function noneWorked(failures: readonly JobFailure[], inputs: readonly InputFile[]): JobFailure {
  const code = sharedCode(failures) ?? 'no_good_file'
  const told = failures.slice(0, mostTold).map((failure, index) => {
    const why = failure.code === code ? failure.why : failure.message
    return [inputs[index]?.name, why].filter(Boolean).join(': ')
  })
  const rest = failures.length - told.length
  const why = [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
  return new JobFailure(code, why, { final: failures.every(({ final }) => final) })
}

function sharedCode(failures: readonly JobFailure[]): FailureCode | undefined {
  const [first] = failures
  const areAllAlike = failures.every(({ code }) => code === first?.code)
  return areAllAlike || failures.every(({ code }) => ofEngines.has(code)) ? first?.code : undefined
}
