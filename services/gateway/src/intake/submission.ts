import { randomUUID } from 'node:crypto'
import { displayName, type ObjectRef, safeName } from '@pdf-smaller/contracts'
import type { Source, StoredObject } from '@pdf-smaller/object-store'
import type { Context } from '../context.ts'
import { deadMansSwitch } from './dead-mans-switch.ts'
import { refuseWhenFull } from './room.ts'

type SubmissionContext = Pick<Context, 'store' | 'objects' | 'log' | 'config' | 'clock'>

/** The files of one job on their way into the object store, under keys that no other submission shares. */
export type Submission = {
  jobId: string
  /** The schedule that the append of the job has to end; undefined while there is no file. */
  schedule: () => string | undefined
  store: (source: Source, file: { name: string; contentType: string; maxBytes: number }) => Promise<ObjectRef>
  /** Copies a stored object, under the name given or its own. */
  copy: (from: StoredObject, name?: string) => Promise<ObjectRef>
  /** Deletes what was stored. Never throws: what cannot be deleted now is deleted later. */
  abandon: () => Promise<void>
}

export function openSubmission(context: SubmissionContext, tenant: string, jobId: string): Submission {
  const { objects, log, config } = context
  const submission = randomUUID().slice(0, 8)
  const folder = `${tenant}/${jobId}/in/`
  const keys: string[] = []
  const guard = deadMansSwitch(context, {
    tenant,
    id: jobId,
    // Two submissions of one job, under one idempotency key, must not end each other's switch.
    name: `${jobId}-${submission}`,
    prefix: `${folder}${submission}.`,
    seconds: config.UPLOAD_SECONDS + config.UPLOAD_GRACE_SECONDS,
  })
  const nextKey = (name: string) => {
    const key = `${folder}${submission}.${keys.length}/${safeName(name)}`
    keys.push(key)
    return key
  }
  return {
    jobId,
    schedule: () => (keys.length > 0 ? guard.schedule : undefined),
    store: async (source, { name, ...rest }) => {
      await refuseWhenFull(context.store)
      const shown = displayName(name)
      const before = guard.arm()
      return objects.put(nextKey(shown), source, { name: shown, before, onMultipart: guard.include, ...rest })
    },
    copy: async (from, name) => {
      const shown = displayName(name ?? from.name)
      await guard.arm()
      return { ...(await objects.copy(from.key, nextKey(shown))), name: shown }
    },
    abandon: async () => {
      if (keys.length === 0) return
      try {
        await Promise.all(keys.map((key) => objects.remove(key)))
        await guard.trigger()
      } catch (error) {
        log.warn({ jobId, err: error }, 'files of a failed submission stay until its switch goes off')
      }
    },
  }
}
