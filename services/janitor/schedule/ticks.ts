import {
  cloudEvent,
  maintenanceSchedule,
  type MaintenanceDue,
  type StoredEvent,
  streams,
} from '@pdf-smaller/contracts'
import type { Consumption, Delivery } from '@pdf-smaller/eventstore'
import type { JobStore, Log } from '@pdf-smaller/platform'
import { uuidv7 } from 'uuidv7'
import { source } from '../tasks/source.ts'
import { requestOnce } from './request-once.ts'
import { lastDue, type Schedule } from './schedules.ts'

/** Who gives the ticks out. */
export const tickConsumer = {
  stream: streams.jobs,
  name: 'janitor-ticks',
  filters: ['tick.maintenance.*'],
  backoffMs: [10_000, 30_000],
  maxDeliver: 3,
}
const slots = 1
/** A tick may come a moment before its time. */
const earlyMs = 1000

/** Gives the server the schedules that it does not have, or has in another form. Repeating it changes nothing. */
export async function setSchedules(
  store: JobStore,
  schedules: readonly Schedule[],
  now: Date,
): Promise<void> {
  const present = await presentSchedules(store)
  for (const { task, cron } of schedules) {
    if (present.get(task.name)?.data.cron === cron) continue
    const { schedule, target } = maintenanceSchedule(task.name)
    const event: MaintenanceDue = cloudEvent(
      { type: 'pdfsmaller.maintenance.due.v1' as const, data: { task: task.name, cron } },
      { id: uuidv7(), source, jobId: task.name, time: now },
    )
    await store.append([{ schedule, when: { cron }, target, event }])
  }
}

/** The schedules that the server holds, by task. Their time is that at which they were set. */
async function presentSchedules(store: JobStore): Promise<Map<string, MaintenanceDue>> {
  const { events } = await store.load('cron')
  return new Map(
    events.flatMap(({ event }) =>
      event.type === 'pdfsmaller.maintenance.due.v1' ? [[event.data.task, event]] : [],
    ),
  )
}

/** Turns each tick into one job, however many janitors there are. A tick that a later one has followed is passed over. */
export function followTicks(
  { store, log, clock }: { store: JobStore; log: Log; clock: () => Date },
  schedules: readonly Schedule[],
): Promise<Consumption> {
  const request = async ({ reading, storedAtMs, subject }: Delivery<StoredEvent>) => {
    if (!reading.ok || reading.recorded.event.type !== 'pdfsmaller.maintenance.due.v1')
      return log.error({ subject }, 'a stored message is no tick and was set aside')
    const { task: name } = reading.recorded.event.data
    const schedule = schedules.find(({ task }) => task.name === name)
    if (!schedule) return log.warn({ task: name }, 'a tick is of no task that this janitor knows')
    const due = lastDue(schedule, new Date(storedAtMs + earlyMs))
    if (due >= lastDue(schedule, clock())) await requestOnce(store, schedule.task, due)
  }
  return store.subscribe(tickConsumer, slots, async (delivery) => {
    try {
      await request(delivery)
      delivery.ack()
    } catch (error) {
      // Not acknowledged: it comes again.
      log.warn({ err: error, subject: delivery.subject }, 'a tick could not be turned into a job')
    }
  })
}

/** Requests what was due last and was missed while the server or every janitor was down: one job a task at most. */
export async function catchUp(
  { store, log }: { store: JobStore; log: Log },
  schedules: readonly Schedule[],
  now: Date,
): Promise<void> {
  const present = await presentSchedules(store)
  for (const schedule of schedules) {
    const setAt = present.get(schedule.task.name)?.time
    const due = lastDue(schedule, now)
    if (setAt === undefined || (due < new Date(setAt) && !schedule.eager)) continue
    if (await requestOnce(store, schedule.task, due))
      log.info({ task: schedule.task.name, due }, 'requested a job whose tick was missed')
  }
}
