import type { JobView, ObjectRef } from '@pdf-smaller/contracts'
import type { JobAnswer } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import { extractionFile } from './extraction-file.ts'
import type { GatewayConfig } from '../settings.ts'

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
      ...(isDecided(job)
        ? { retry: `${self}/retry`, replay: `${self}/replay` }
        : { cancel: `${self}/cancel` }),
      ...(extractionFile(job) ? extractionLinks(self, job) : {}),
    },
  }
}

function extractionLinks(self: string, { replayOf }: JobView) {
  return {
    extraction: `${self}/extraction`,
    corrections: `${self}/corrections`,
    ...(replayOf ? { comparison: `${self}/comparison` } : {}),
  }
}
