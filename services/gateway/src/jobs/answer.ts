import { JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { z } from 'zod'
import type { GatewayConfig } from '../settings.ts'

const Links = z.object({
  self: z.string(),
  status: z.string(),
  events: z.string(),
  history: z.string(),
  /** The first output, once the job is done; only while there is one. */
  result: z.string().optional(),
  /** The outputs, in their order; of a running job those that it has stored already. */
  files: z.array(z.string()).optional(),
  cancel: z.string().optional(),
  retry: z.string().optional(),
})

/** A job as the API tells of it: its view, and where to go on. */
export const JobAnswer = JobView.extend({ links: Links })
export type JobAnswer = z.infer<typeof JobAnswer>

/** The name of an output in its address: the last segment of its key, which no other output of the job shares. */
export function fileName({ key }: ObjectRef): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

/** Addresses begin with the gateway's own, where it is known. */
export function baseOf({ PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>): string {
  return PUBLIC_URL?.replace(/\/+$/, '') ?? ''
}

/** The outputs that can be fetched: all of a job that is done, and of one that runs those that it has stored. */
export function fetchable({ status, expired, outputs, progress }: JobView): readonly ObjectRef[] {
  if (expired) return []
  return status === 'running' ? (progress?.outputs ?? []) : outputs
}

export function jobAnswer(job: JobView, base: string): JobAnswer {
  const self = `${base}/api/jobs/${job.id}`
  const files = fetchable(job).map((output) => `${self}/files/${fileName(output)}`)
  return {
    ...job,
    links: {
      self,
      status: `${self}/status`,
      events: `${self}/events`,
      history: `${self}/history`,
      ...(files.length > 0 ? { files } : {}),
      ...(job.status === 'completed' && files.length > 0 ? { result: `${self}/result` } : {}),
      ...(isDecided(job) ? { retry: `${self}/retry` } : { cancel: `${self}/cancel` }),
    },
  }
}
