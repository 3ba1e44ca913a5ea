import { hash } from 'node:crypto'
import type { JobRequestedData } from '@pdf-smaller/contracts'

type Asked = Pick<JobRequestedData, 'task' | 'options' | 'inputs' | 'tag' | 'startAt' | 'retryOf' | 'batchId'>

/** SHA-256 of what was asked for, in hex. The same files, options and names give the same fingerprint. */
export function fingerprintOf(asked: readonly Asked[]): string {
  const essence = asked.map(({ task, options, inputs, tag, startAt, retryOf, batchId }) => ({
    task,
    options,
    inputs: inputs.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    tag,
    startAt,
    retryOf,
    batchId,
  }))
  return hash('sha256', canonical(essence), 'hex')
}

/** JSON with the members of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
