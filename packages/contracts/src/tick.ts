import { z } from 'zod'
import { Token } from './ids.ts'

/**
 * Periodic work is due. The server publishes the message of a schedule again and again, byte for byte, so that this is no
 * event: no two of these can have an id of their own. Which tick it is tell its schedule and its place in the stream.
 */
export const TickMessage = z.object({
  /** The subject of the schedule. */
  schedule: z.string().regex(/^cron\./),
  task: Token,
  /** Six fields, in UTC. */
  cron: z.string(),
  /** When the schedule was set, ISO 8601 in UTC. */
  setAt: z.string(),
})
export type TickMessage = z.infer<typeof TickMessage>

/** A tick as it is read, or the schedule itself; `time` is when that was set. */
export type Tick = Omit<TickMessage, 'setAt'> & { type: 'tick'; id: string; time: string }

/** As other events that only a newer release knows. */
type NewerTick = { type: 'newer'; id: string; subject: string; time: string; unknown: string }

/** How schedules were set before: by an event, which they repeated. Its plan is left out, so that it is set anew. */
const FormerTick = z
  .object({
    type: z.literal('pdfsmaller.maintenance.due.v1'),
    time: z.string(),
    data: z.object({ task: Token }),
  })
  .transform(({ time, data: { task } }) => ({ schedule: `cron.${task}`, task, cron: '', setAt: time }))

const AnyTick = z.union([TickMessage, FormerTick])

/** What every release writes; what else there is, a newer one may know. */
const AnySchedule = TickMessage.pick({ schedule: true })

/** The tick in a stored message, or that a newer release has set it; undefined where it is none. */
export function tickIn(json: unknown, sequence: number): Tick | NewerTick | undefined {
  const { data } = AnyTick.safeParse(json)
  if (data) {
    const { setAt: time, ...plan } = data
    return { type: 'tick', id: `${plan.schedule}@${sequence}`, time, ...plan }
  }
  const schedule = AnySchedule.safeParse(json).data?.schedule
  if (schedule === undefined) return undefined
  return {
    type: 'newer',
    id: `${schedule}@${sequence}`,
    subject: schedule,
    time: '',
    unknown: `a tick of ${schedule}`,
  }
}
