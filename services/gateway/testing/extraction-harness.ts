import { createHash } from 'node:crypto'
import type { JobView } from '@pdf-smaller/contracts'
import { Correction } from '@pdf-smaller/contracts/extraction'
import { catalogue } from '../src/catalogue.ts'
import { aPdf, form, jobIn, openHarness, post } from './harness.ts'

/** Keys of two tenants: acme has one that may only read, too. */
const secrets = { acme: 'pdfs_acme', other: 'pdfs_other', reader: 'pdfs_reader' }
export type Who = keyof typeof secrets

/** The header with the key of somebody. */
export const as = (who: Who) => ({ authorization: `Bearer ${secrets[who]}` })

const sha256 = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** A gateway that knows the real tasks, and requests to it by somebody, who is acme where nobody is named. */
export async function openExtractionHarness() {
  const gateway = await openHarness({
    over: { catalogue },
    keys: [
      { id: 'acme', tenant: 'acme', sha256: sha256(secrets.acme), scopes: ['submit', 'read'] },
      { id: 'reader', tenant: 'acme', sha256: sha256(secrets.reader), scopes: ['read'] },
      { id: 'other', tenant: 'other', sha256: sha256(secrets.other), scopes: ['submit', 'read'] },
    ],
  })
  const read = (path: string, who: Who = 'acme') => fetch(`${gateway.url}${path}`, { headers: as(who) })
  const send = (path: string, body?: unknown, headers: Record<string, string> = {}, who: Who = 'acme') =>
    post(`${gateway.url}${path}`, body, { ...as(who), ...headers })
  const correct = (job: JobView, body: unknown, who: Who = 'acme') =>
    send(`/api/jobs/${job.id}/corrections`, body, {}, who)
  return {
    gateway,
    read,
    send,
    correct,
    /** Requests a job on a file. */
    ask: async (task = 'extract-invoice', fields = {}) =>
      jobIn(await send(`/api/jobs/${task}`, form([['Rechnung.pdf', aPdf()]], fields))),
    corrected: async (job: JobView, field: string, value: unknown, more = {}) => {
      const answer = await correct(job, { field, value, ...more })
      if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${await answer.text()}`)
      return Correction.parse(await answer.json())
    },
  }
}

export type ExtractionHarness = Awaited<ReturnType<typeof openExtractionHarness>>
