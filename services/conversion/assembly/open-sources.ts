import { JobFailure } from '@pdf-smaller/contracts'
import { inspect, type InspectOptions } from '@pdf-smaller/pdf'
import type { TaskContext } from '@pdf-smaller/task'
import type { Signed } from './contract.ts'
import { takeSigned } from './signatures.ts'
import { openSource, type Source } from './source.ts'

/**
 * Inspects all input files, as many at once as there are cores. When one cannot be worked on, the others are given up,
 * and nothing runs any more when this throws.
 * @param onDone told after each file how many are done
 * @param options.anySize whether pages may be of any size, as none will be drawn
 * @param options.signed what becomes of signed files
 * @throws JobFailure of the first file that cannot be worked on, with its name
 */
export async function openSources(
  { inputs, engine }: Pick<TaskContext<unknown>, 'inputs' | 'engine'>,
  onDone: (done: number) => void,
  { anySize = true, signed }: Pick<InspectOptions, 'anySize'> & { signed: Signed },
): Promise<Source[]> {
  const givenUp = new AbortController()
  const context = { ...engine, signal: AbortSignal.any([engine.signal, givenUp.signal]) }
  let done = 0
  const opening = inputs.map(async ({ path, name }) => {
    try {
      const document = await inspect(path, context, { anySize, signed: signed === 'take' })
      onDone(++done)
      return openSource(document, name)
    } catch (error) {
      const told = withWayOut(error)
      givenUp.abort(inputs.length > 1 ? named(told, name) : told)
      throw told
    }
  })
  await Promise.allSettled(opening)
  engine.signal.throwIfAborted()
  givenUp.signal.throwIfAborted()
  return Promise.all(opening)
}

/** What is signed can be taken all the same. */
const withWayOut = (error: unknown): unknown =>
  error instanceof JobFailure && error.code === 'signed_pdf'
    ? new JobFailure('signed_pdf', takeSigned, { cause: error })
    : error

function named(error: unknown, name: string): unknown {
  if (!(error instanceof JobFailure)) return error
  return new JobFailure(error.code, error.why ? `${name}: ${error.why}` : name, { cause: error })
}
