import { hash } from 'node:crypto'
import { canonical, type JobRequestedData } from '@pdf-smaller/contracts'

type Asked = Pick<
  JobRequestedData,
  'task' | 'options' | 'inputs' | 'tag' | 'startAt' | 'retryOf' | 'replayOf' | 'batchId' | 'fresh' | 'webhook'
>

/** SHA-256 of what was asked for, in hex. The same files, options and names give the same fingerprint. */
export function fingerprintOf(asked: readonly Asked[]): string {
  const essence = asked.map(
    ({ task, options, inputs, tag, startAt, retryOf, replayOf, batchId, fresh, webhook }) => ({
      task,
      options,
      inputs: inputs.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      tag,
      startAt,
      retryOf,
      replayOf,
      batchId,
      fresh,
      webhook,
    }),
  )
  return hash('sha256', canonical(essence), 'hex')
}
