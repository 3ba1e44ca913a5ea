import { JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { z } from 'zod'
import type { GatewayConfig } from '../context.ts'

const Links = z.object({
  self: z.string(),
  status: z.string(),
  events: z.string(),
  history: z.string(),
  /** The first output; only while there is one. */
  result: z.string().optional(),
  /** The outputs, in their order. */
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

export function jobAnswer(job: JobView, base: string): JobAnswer {
  const self = `${base}/api/jobs/${job.id}`
  const files = job.expired ? [] : job.outputs.map((output) => `${self}/files/${fileName(output)}`)
  return {
    ...job,
    links: {
      self,
      status: `${self}/status`,
      events: `${self}/events`,
      history: `${self}/history`,
      ...(files.length > 0 ? { result: `${self}/result`, files } : {}),
      ...(isDecided(job) ? { retry: `${self}/retry` } : { cancel: `${self}/cancel` }),
    },
  }
}
