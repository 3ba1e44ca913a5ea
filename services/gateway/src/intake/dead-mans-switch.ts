import { abandonedUpload, cloudEvent, type StoredEvent } from '@pdf-smaller/contracts'
import type { MultipartUpload } from '@pdf-smaller/object-store'
import { uuidv7 } from 'uuidv7'
import { type Context, source } from '../context.ts'

/** What deletes files when nobody is left to do it: a message that the event store sends itself when the time comes. */
export type DeadMansSwitch = {
  /** The schedule to be ended by the append that makes the files a job's own. */
  schedule: string
  /** Sets the switch, once; resolves when it is stored. Nothing may become visible before. */
  arm: () => Promise<unknown>
  /** Adds a multipart upload of the object store to what is to be ended. */
  include: (upload: MultipartUpload) => Promise<unknown>
  /** Lets it go off now, where it was set. */
  trigger: () => Promise<unknown>
}

export type Guarded = {
  tenant: string
  /** The job or upload that the files are for. */
  id: string
  /** The name of the switch; the same again replaces it. */
  name: string
  /** The keys of all files begin with it. */
  prefix: string
  seconds: number
}

export function deadMansSwitch(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  { tenant, id, name, prefix, seconds }: Guarded,
): DeadMansSwitch {
  const { schedule, target } = abandonedUpload(tenant, name)
  const multipart: MultipartUpload[] = []
  const due = new Date(clock().getTime() + seconds * 1000)
  let armed: Promise<unknown> | undefined

  const set = (when: Date) => {
    const fact = { type: 'pdfsmaller.upload.abandoned.v1' as const, data: { tenant, prefix, multipart } }
    const event: StoredEvent = cloudEvent(fact, { id: uuidv7(), source, jobId: id, time: when })
    return store.append([{ schedule, when, target, event }])
  }
  const setLater = () => {
    armed = set(due)
    // Whoever stores a file awaits it; when that fails before, nobody does.
    armed.catch(() => {})
    return armed
  }
  return {
    schedule,
    arm: () => armed ?? setLater(),
    include: (upload) => {
      multipart.push(upload)
      return setLater()
    },
    trigger: async () => {
      // What was not stored now is not stored at the next try either, and the client waits for its answer.
      const stored = await armed?.then(
        () => true,
        () => false,
      )
      if (stored) await set(clock())
    },
  }
}
