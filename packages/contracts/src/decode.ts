import { z } from 'zod'
import { KnownEvent, type NewerEvent, type StoredEvent } from './events.ts'
import { schemaUri } from './schema-uri.ts'
import { tickIn } from './tick.ts'

/** How the data of one version of an event becomes that of the next. */
export type Upcaster = {
  to: string
  /** What it was; its schema stays published, as events of it stay stored. */
  was: z.ZodType
  data: (data: unknown) => unknown
}

/** By the type that they raise. An event is raised step by step, until its type is one that this release stores. */
export type Upcasters = Readonly<Record<string, Upcaster>>

/** A breaking change of an event is a new type; the one before gets a row here, for as long as the stream keeps events. */
export const upcasters: Upcasters = {}

/** Reads whatever is stored in the stream of jobs. @throws ZodError on what is neither event nor, where these stand, a tick */
export function decodeStored(
  json: unknown,
  { subject, sequence }: { subject: string; sequence: number },
): StoredEvent {
  const tick = /^(?:cron|tick)\./.test(subject) ? tickIn(json, sequence) : undefined
  return tick ?? decodeEvent(json)
}

const knownTypes: ReadonlySet<string> = new Set(KnownEvent.options.map(({ shape }) => shape.type.value))

/** What every event of this system has, whatever its release. */
const Enveloped = z.looseObject({
  id: z.string().min(1),
  subject: z.string(),
  time: z.string(),
  type: z.string().regex(/^pdfsmaller(\.[a-z-]+)+\.v\d+$/),
})

/**
 * Reads a stored event. One of an older version is raised to that of this release; of a newer one, and of one that holds a
 * value which this release does not know, only the envelope is read.
 * @throws ZodError on what is no event
 */
export function decodeEvent(json: unknown, steps: Upcasters = upcasters): StoredEvent {
  const raised = raise(json, steps)
  const known = knownTypes.has(typeOf(raised) ?? '')
  const { success, data, error } = known ? KnownEvent.safeParse(raised) : unknownType
  if (success) return data
  if (error && !error.issues.every(({ code }) => code === 'invalid_value')) throw error
  const { id, subject, time, type } = Enveloped.parse(json)
  const where = error?.issues[0]?.path.join('.')
  return {
    type: 'newer',
    id,
    subject,
    time,
    unknown: where ? `${type}: ${where}` : type,
  } satisfies NewerEvent
}

const unknownType = { success: false, data: undefined, error: undefined } as const

/** Each step is taken once at most, so that two which lead to each other end, too. */
function raise(json: unknown, steps: Upcasters): unknown {
  let event = json
  for (let left = Object.keys(steps).length; left > 0; left--) {
    const step = steps[typeOf(event) ?? '']
    if (!step) return event
    const { data, ...around } = z.looseObject({ data: z.unknown() }).parse(event)
    const { to } = step
    event = { ...around, type: to, dataschema: schemaUri('data', to), data: step.data(step.was.parse(data)) }
  }
  return event
}

function typeOf(event: unknown): string | undefined {
  return typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'
    ? event.type
    : undefined
}
