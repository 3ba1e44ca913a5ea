import path from 'node:path'
import { type JobView, type ObjectRef, safeName } from '@pdf-smaller/contracts'
import { type ObjectStore, ObjectStoreError } from '@pdf-smaller/object-store'
import type { Log } from '@pdf-smaller/platform'
import type { InputFile, OutputFile } from '@pdf-smaller/task'

/** Brings the inputs into the workspace, each checked against its SHA-256. */
export function fetchInputs(
  objects: ObjectStore,
  job: JobView,
  workspace: string,
  signal: AbortSignal,
): Promise<InputFile[]> {
  return Promise.all(
    job.inputs.map(async ({ key, name, size, sha256, contentType }, index) => {
      const file = path.join(workspace, `in-${index}-${safeName(name)}`)
      await objects.getFile(key, file, { signal })
      return { path: file, name, size, sha256, contentType }
    }),
  )
}

/** All outputs of one attempt stand under this prefix; no other attempt writes there. */
function outputPrefix(job: JobView, attempt: number): string {
  return `${job.tenant}/${job.id}/out/${attempt}/`
}

/** Where an output of the attempt stands. */
function outputKey(job: JobView, attempt: number, index: number, name: string): string {
  return `${outputPrefix(job, attempt)}${index === 0 ? '' : `${index}-`}${safeName(name)}`
}

/** Where the outputs of an attempt go, under keys of its own. */
export type OutputStore = {
  /** Stores one while the task goes on. */
  publish: (output: OutputFile) => Promise<void>
  /** Those stored so far, in the order in which they were handed in. */
  published: () => ObjectRef[]
  /**
   * Stores those that the task ended with.
   * @returns all of them, these first
   */
  store: (outputs: readonly OutputFile[]) => Promise<ObjectRef[]>
}

export function openOutputs(
  objects: ObjectStore,
  job: JobView,
  attempt: number,
  signal: AbortSignal,
): OutputStore {
  const published: (ObjectRef | undefined)[] = []
  const put = async (index: number, { path: file, name, contentType }: OutputFile): Promise<ObjectRef> => {
    const key = outputKey(job, attempt, index, name)
    const { size, sha256 } = await objects.putFile(key, file, { name, contentType, signal })
    return { key, name, size, sha256, contentType }
  }
  const stored = () => published.filter((ref) => ref !== undefined)
  return {
    publish: async (output) => {
      const place = published.push(undefined)
      published[place - 1] = { ...(await put(place, output)), part: true }
    },
    published: stored,
    store: async (outputs) => {
      const refs: ObjectRef[] = []
      for (const [index, output] of outputs.entries())
        refs.push(await put(index === 0 ? 0 : published.length + index, output))
      return [...refs, ...stored()]
    },
  }
}

/**
 * Copies the outputs of another job under keys of the attempt's own.
 * @throws ObjectStoreError missing, or corrupt when one is not what it was
 */
export async function copyOutputs(
  objects: ObjectStore,
  job: JobView,
  attempt: number,
  outputs: readonly ObjectRef[],
): Promise<ObjectRef[]> {
  const refs: ObjectRef[] = []
  for (const [index, output] of outputs.entries()) {
    const key = outputKey(job, attempt, index, output.name)
    const { sha256 } = await objects.copy(output.key, key)
    if (sha256 !== output.sha256)
      throw new ObjectStoreError('corrupt', output.key, 'it is not what the job stored')
    refs.push({ ...output, key })
  }
  return refs
}

/** Removes what an attempt has stored; for attempts whose outcome does not count. Never throws. */
export async function removeOutputs(
  objects: ObjectStore,
  job: JobView,
  attempt: number,
  log: Log,
): Promise<void> {
  try {
    await objects.removePrefix(outputPrefix(job, attempt))
  } catch (error) {
    log.warn({ err: error, attempt }, 'files of an attempt that does not count could not be removed')
  }
}
