import path from 'node:path'
import { type JobView, type ObjectRef, safeName } from '@pdf-smaller/contracts'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { InputFile, OutputFile } from './task.ts'

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
export function outputPrefix(job: JobView, attempt: number): string {
  return `${job.tenant}/${job.id}/out/${attempt}/`
}

/** Stores the outputs under keys of the attempt's own. */
export async function storeOutputs(
  objects: ObjectStore,
  job: JobView,
  attempt: number,
  outputs: OutputFile[],
  signal: AbortSignal,
): Promise<ObjectRef[]> {
  const refs: ObjectRef[] = []
  for (const [index, { path: file, name, contentType }] of outputs.entries()) {
    const key = `${outputPrefix(job, attempt)}${index === 0 ? '' : `${index}-`}${safeName(name)}`
    const { size, sha256 } = await objects.putFile(key, file, { name, contentType, signal })
    refs.push({ key, name, size, sha256, contentType })
  }
  return refs
}
