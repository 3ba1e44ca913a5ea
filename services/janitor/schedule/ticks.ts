import {
  maintenanceSchedule,
  type StoredEvent,
  type Tick,
  tickConsumer,
  type TickMessage,
} from '@pdf-smaller/contracts'
import { type Consumption, reactTo, type Recorded } from '@pdf-smaller/eventstore'
import { durableOf, type JobStore, type Log } from '@pdf-smaller/platform'
import { requestOnce } from './request-once.ts'
import { lastDue, type Schedule } from './schedules.ts'

const slots = 1
/** A tick may come a moment before its time. */
const earlyMs = 1000

/** Gives the server the schedules that it does not have, or has in another form, but for those of a newer release. */
export async function setSchedules(
  store: JobStore,
  schedules: readonly Schedule[],
  now: Date,
): Promise<void> {
  const { known, newer } = await presentSchedules(store)
  for (const { task, cron } of schedules) {
    const { schedule, target } = maintenanceSchedule(task.name)
    if (known.get(task.name)?.cron === cron || newer.has(schedule)) continue
    const message: TickMessage = { schedule, task: task.name, cron, setAt: now.toISOString() }
    await store.append([{ schedule, cron, target, message }])
  }
}

type Present = { known: Map<string, Tick>; newer: Set<string> }

/** The schedules that the server holds: those known, by task, with the time at which they were set, and the subjects of others. */
async function presentSchedules(store: JobStore): Promise<Present> {
  const { events } = await store.load('cron')
  const present: Present = { known: new Map(), newer: new Set() }
  for (const { event, subject } of events) {
    if (event.type === 'tick') present.known.set(event.task, event)
    if (event.type === 'newer') present.newer.add(subject)
  }
  return present
}

/** Turns each tick into one job, however many janitors there are. A tick that a later one has followed is passed over. */
export function followTicks(
  { store, log, clock }: { store: JobStore; log: Log; clock: () => Date },
  schedules: readonly Schedule[],
): Promise<Consumption> {
  const request = async ({ event, subject }: Recorded<StoredEvent>, storedAtMs: number) => {
    const schedule = schedules.find(({ task }) => maintenanceSchedule(task.name).target === subject)
    if (!schedule) return log.warn({ subject }, 'a tick is of no task that this janitor knows')
    const due = lastDue(schedule, new Date(storedAtMs + earlyMs))
    if (due < lastDue(schedule, clock())) return
    // A janitor of the release that set the schedule knows what is to be done.
    if (event.type === 'newer') return 'again'
    await requestOnce(store, schedule.task, due)
  }
  const react = reactTo<StoredEvent>({
    handle: (recorded, { storedAtMs }) => request(recorded, storedAtMs),
    onPoison: ({ subject, error }) =>
      log.error({ subject, err: error }, 'a stored message is no tick and was set aside'),
    onError: (error, { subject }) =>
      log.warn({ err: error, subject }, 'a tick could not be turned into a job'),
  })
  return store.subscribe(durableOf(tickConsumer), slots, react)
}

/** Requests what was due last and was missed while the server or every janitor was down: one job a task at most. */
export async function catchUp(
  { store, log }: { store: JobStore; log: Log },
  schedules: readonly Schedule[],
  now: Date,
): Promise<void> {
  const { known } = await presentSchedules(store)
  for (const schedule of schedules) {
    const setAt = known.get(schedule.task.name)?.time
    const due = lastDue(schedule, now)
    if (setAt === undefined || (due < new Date(setAt) && !schedule.eager)) continue
    if (await requestOnce(store, schedule.task, due))
      log.info({ task: schedule.task.name, due }, 'requested a job whose tick was missed')
  }
}
