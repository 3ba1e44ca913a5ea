import { type JobView, safeName } from '@pdf-smaller/contracts'
import { type ObjectStore, ObjectStoreError } from '@pdf-smaller/object-store'
import type { Log } from '@pdf-smaller/platform'
import type { FinishedParts } from '@pdf-smaller/task'
import { type Attempt, mayKeep } from './attempt.ts'

/** Parts of the work on one job stand under this prefix, whatever attempt did them. */
const partsPrefix = ({ tenant, id }: JobView): string => `${tenant}/${id}/parts/`

/**
 * The parts of a job's work. An attempt that lost its job may still keep a part; as each does the same work, it does not
 * matter whose part it is. Where the store fails, the work is done again. The first attempt has nothing to restore.
 */
export function openFinishedParts(attempt: Attempt): FinishedParts {
  const { job, number, log, leash } = attempt
  const { signal } = leash
  const { objects } = attempt.worker
  const keyOf = (name: string) => `${partsPrefix(job)}${safeName(name)}`
  let found: Promise<ReadonlySet<string>> | undefined
  return {
    restore: async (name, file) => {
      if (number === 1) return false
      try {
        found ??= keysOf(objects, partsPrefix(job))
        if (!(await found).has(keyOf(name))) return false
        await objects.getFile(keyOf(name), file, { signal })
        return true
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ err: error, name }, 'a finished part could not be fetched; it is done again')
        return false
      }
    },
    keep: async (name, file) => {
      await mayKeep(attempt)
      try {
        await objects.putFile(keyOf(name), file, { name, contentType: 'application/octet-stream', signal })
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof ObjectStoreError && error.kind === 'exists') return
        log.warn({ err: error, name }, 'a finished part could not be kept; another attempt would do it again')
      }
    },
  }
}

async function keysOf(objects: ObjectStore, prefix: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for await (const { key } of objects.list(prefix)) keys.add(key)
  return keys
}

/** Removes the parts of a job that has ended. Never throws. */
export async function removeParts(objects: ObjectStore, job: JobView, log: Log): Promise<void> {
  try {
    await objects.removePrefix(partsPrefix(job))
  } catch (error) {
    log.warn({ err: error }, 'parts of a job that has ended could not be removed')
  }
}
