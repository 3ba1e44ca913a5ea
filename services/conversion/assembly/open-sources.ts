import { JobFailure } from '@pdf-smaller/contracts'
import { inspect, type InspectOptions } from '@pdf-smaller/pdf'
import type { TaskContext } from '@pdf-smaller/worker/task'
import { openSource, type Source } from './source.ts'

/**
 * Inspects all input files, as many at once as there are cores. When one cannot be worked on, the others are given up,
 * and nothing runs any more when this throws.
 * @param onDone told after each file how many are done
 * @param options.anySize whether pages may be of any size, as none will be drawn
 * @throws JobFailure of the first file that cannot be worked on, with its name
 */
export async function openSources(
  { inputs, engine }: Pick<TaskContext<unknown>, 'inputs' | 'engine'>,
  onDone: (done: number) => void,
  { anySize = true }: Pick<InspectOptions, 'anySize'> = {},
): Promise<Source[]> {
  const givenUp = new AbortController()
  const context = { ...engine, signal: AbortSignal.any([engine.signal, givenUp.signal]) }
  let done = 0
  const opening = inputs.map(async ({ path, name }) => {
    try {
      const document = await inspect(path, context, { anySize })
      onDone(++done)
      return openSource(document, name)
    } catch (error) {
      givenUp.abort(inputs.length > 1 ? named(error, name) : error)
      throw error
    }
  })
  await Promise.allSettled(opening)
  engine.signal.throwIfAborted()
  givenUp.signal.throwIfAborted()
  return Promise.all(opening)
}

function named(error: unknown, name: string): unknown {
  if (!(error instanceof JobFailure)) return error
  return new JobFailure(error.code, error.why ? `${name}: ${error.why}` : name, { cause: error })
}
