import { z } from 'zod'
import { type Upcasters, upcasters } from '../decode.ts'
import { JobProgressed, KnownEvent, phaseOf } from '../events.ts'
import {
  abandonedUpload,
  jobStream,
  maintenanceSchedule,
  progressSubject,
  webhookDisabledStream,
} from '../subjects.ts'
import { TickMessage } from '../tick.ts'
import { WebhookDisabled } from '../webhook-disabled.ts'
import { type JsonSchema, publishedSchema } from './json-schema.ts'

/** What may stand in a stream: one version of an event, or a tick, which has no envelope. */
export type MessageType = {
  /** Of an event its type. */
  name: string
  kind: 'events' | 'ticks'
  /** Where it is published, with its parameters in braces; absent of versions that are written no more. */
  subject?: string
  /** The schema of the whole message. */
  message: JsonSchema
  /** The schema of an event's data, which its `dataschema` names. */
  data?: JsonSchema
}

const job = { tenant: '{tenant}', domain: '{domain}', task: '{task}', jobId: '{jobId}' }

const phases: ReadonlyMap<string, string> = new Map(Object.entries(phaseOf))

function subjectOf(type: string): string {
  const phase = phases.get(type)
  if (phase !== undefined) return `${jobStream(job)}.${phase}`
  if (type === JobProgressed.shape.type.value) return progressSubject(job)
  if (type === WebhookDisabled.shape.type.value)
    return `${webhookDisabledStream('{tenant}', '{endpoint}')}.disabled`
  return abandonedUpload('{tenant}', '{upload}').target
}

/** Every version of every event that is written or may still be stored, and the ticks of schedules. */
export function messageTypes(steps: Upcasters = upcasters): MessageType[] {
  const current = [...KnownEvent.options, JobProgressed].map((event) => {
    const type = event.shape.type.value
    return { ...eventType(type, event, event.shape.data), subject: subjectOf(type) }
  })
  const former = Object.entries(steps).map(([type, { was }]) => {
    const event = JobProgressed.extend({ type: z.literal(type), data: was })
    return eventType(type, event, was)
  })
  return [...current, ...former, tick]
}

function eventType(name: string, event: z.ZodType, data: z.ZodType): MessageType {
  // As it is stored: what has a default may be missing.
  const io = 'input'
  return {
    name,
    kind: 'events',
    message: publishedSchema(event, { kind: 'events', name, title: name }, { io }),
    data: publishedSchema(data, { kind: 'data', name, title: `The data of ${name}` }, { io }),
  }
}

const tickName = 'maintenance'
const tick: MessageType = {
  name: tickName,
  kind: 'ticks',
  subject: maintenanceSchedule('{task}').target,
  message: publishedSchema(
    TickMessage,
    { kind: 'ticks', name: tickName, title: 'A tick of a schedule, which is no event' },
    { io: 'input' },
  ),
}

/** The schemas of all messages, and of the data of events. */
export function messageSchemas(): JsonSchema[] {
  return messageTypes().flatMap(({ message, data }) => (data ? [message, data] : [message]))
}
