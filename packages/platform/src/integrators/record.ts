import { Tenant, Token } from '@pdf-smaller/contracts'
import type { Reader } from '@pdf-smaller/eventstore'
import { z } from 'zod'

const Filters = z.object({ task: z.array(z.string()).optional(), type: z.array(z.string()).optional() })

/** What is known of an integrator beside its place in the stream. It stands in the metadata of its consumer, and nowhere else. */
export const IntegratorRecord = z.object({
  tenant: Tenant,
  name: Token,
  filters: Filters,
  /** The id of the key that it was made with. */
  createdBy: z.string(),
  /** bcrypt, as nats-server takes it. */
  passwordHash: z.string(),
  /** The request that made it, where it had an idempotency key: hashes of that and of what was asked for. */
  request: z.object({ key: z.string(), asked: z.string() }).optional(),
})
export type IntegratorRecord = z.infer<typeof IntegratorRecord>

/** An integrator with its place in the stream. */
export type Integrator = IntegratorRecord & {
  /** Its consumer in the stream, and its account and user at the server. */
  consumer: string
  subjects: string[]
  startsAt: number
  createdAt: string
  lag: Reader['lag']
}

const key = 'pdf-smaller-integrator'

/** Neither tenants nor names nor the durables of services hold a tilde, so no two of them can come to the same. */
export const consumerOf = (tenant: string, name: string) => `${tenant}~${name}`

export const metadataOf = (record: IntegratorRecord): Record<string, string> => ({
  [key]: JSON.stringify(record),
})

/** The integrator whose consumer it is; undefined for those of the services. */
export function integratorIn(reader: Reader): Integrator | undefined {
  const record = recordIn(reader.metadata[key])
  if (!record || consumerOf(record.tenant, record.name) !== reader.name) return undefined
  const { name: consumer, filters: subjects, from: startsAt, createdAt, lag } = reader
  return { ...record, consumer, subjects, startsAt, createdAt, lag }
}

function recordIn(text: string | undefined): IntegratorRecord | undefined {
  if (text === undefined) return undefined
  try {
    return IntegratorRecord.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
