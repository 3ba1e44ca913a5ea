import {
  cloudEvent,
  isJobEvent,
  type JobEvent,
  maintenanceSchedule,
  type StoredEvent,
  systemTenant,
  TickMessage,
} from '@pdf-smaller/contracts'
import { jetstreamManager } from '@nats-io/jetstream'
import type { Recorded } from '@pdf-smaller/eventstore'
import { openLog } from '@pdf-smaller/platform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'
import { cleanupExpiredJobs } from '../tasks/cleanup-expired-jobs/task.ts'
import { cleanupTempFiles } from '../tasks/cleanup-temp-files/task.ts'
import type { Schedule } from './schedules.ts'
import { catchUp, followTicks, setSchedules } from './ticks.ts'

const everySecond: Schedule = { task: cleanupTempFiles, cron: '* * * * * *', everyMs: 1000, afterMs: 0 }
const daily: Schedule = {
  task: cleanupExpiredJobs,
  cron: '0 0 2 * * *',
  everyMs: 86_400_000,
  afterMs: 7_200_000,
}
const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
})
afterAll(() => harness.close())

async function requested({ name }: { name: string }): Promise<JobEvent[]> {
  const found: JobEvent[] = []
  const filter = `pdf.${systemTenant}.janitor.${name}.*.requested`
  for await (const { event } of harness.store.scan([filter])) if (isJobEvent(event)) found.push(event)
  return found
}

const ticksOf = ({ task }: Schedule): Promise<Recorded<StoredEvent>[]> =>
  Array.fromAsync(harness.store.scan([maintenanceSchedule(task.name).target]))

describe('the schedules', () => {
  it('are set once, and anew when they change', async () => {
    const sequence = () => harness.store.lastSequence()
    await setSchedules(harness.store, [daily], new Date())
    const first = await sequence()
    await setSchedules(harness.store, [daily], new Date())
    expect(await sequence()).toBe(first)
    await setSchedules(harness.store, [{ ...daily, cron: '0 0 3 * * *' }], new Date())
    expect(await sequence()).toBe(first + 1)
  })

  it('make one job of each tick, however many janitors there are', async () => {
    const parts = { ...harness, log }
    const janitors = await Promise.all([followTicks(parts, [everySecond]), followTicks(parts, [everySecond])])
    await setSchedules(harness.store, [everySecond], new Date())
    await expect.poll(async () => (await requested(cleanupTempFiles)).length).toBeGreaterThan(1)
    await Promise.all(janitors.map((janitor) => janitor.drain()))
    const events = await requested(cleanupTempFiles)
    // Of one that came late, with the next behind it, there is none.
    expect(events.length).toBeLessThanOrEqual((await ticksOf(everySecond)).length)
  })

  it('that were missed are caught up with by one job, of any number of janitors', async () => {
    const parts = { ...harness, log }
    await setSchedules(harness.store, [daily], new Date('2026-03-01T12:00:00Z'))
    const at = (time: string) => Promise.all([1, 2].map(() => catchUp(parts, [daily], new Date(time))))
    await at('2026-03-02T01:59:00Z')
    expect(await requested(cleanupExpiredJobs)).toHaveLength(0)
    await at('2026-03-05T04:00:00Z')
    await at('2026-03-05T05:00:00Z')
    expect(await requested(cleanupExpiredJobs)).toHaveLength(1)
    await at('2026-03-06T02:00:00Z')
    expect(await requested(cleanupExpiredJobs)).toHaveLength(2)
  })

  it('are messages that the server repeats, and no events', async () => {
    const { schedule } = maintenanceSchedule(everySecond.task.name)
    await setSchedules(harness.store, [everySecond], new Date())
    const repeated = () => ticksOf(everySecond)
    await expect.poll(async () => (await repeated()).length).toBeGreaterThan(1)
    const { streams } = await jetstreamManager(harness.connection)
    for (const { sequence, event } of await repeated()) {
      expect(event).toMatchObject({ type: 'tick', id: `${schedule}@${sequence}` })
      const stored = await streams.getMessage('JOBS', { seq: sequence })
      expect(stored?.header.get('content-type')).toBe('application/json')
      expect(TickMessage.strict().parse(stored?.json())).toMatchObject({ schedule, cron: everySecond.cron })
    }
  })

  it('that an older release has set as events are set anew', async () => {
    const { schedule } = maintenanceSchedule(daily.task.name)
    const around = { id: 'one', source: 'other', jobId: daily.task.name, time: new Date() }
    const fact = { type: 'pdfsmaller.maintenance.due.v1', data: { task: daily.task.name, cron: daily.cron } }
    await harness.connection.request(schedule, JSON.stringify(cloudEvent(fact, around)))
    await setSchedules(harness.store, [daily], new Date())
    const { events } = await harness.store.load('cron')
    const own = events.find(({ subject }) => subject === schedule)
    expect(own?.event).toMatchObject({ type: 'tick', cron: daily.cron })
  })

  it('of a newer release stay, and their ticks wait for a janitor of that release', async () => {
    // Nothing else is given out meanwhile.
    const { streams } = await jetstreamManager(harness.connection)
    await streams.purge('JOBS', { filter: maintenanceSchedule(everySecond.task.name).schedule })
    const { schedule, target } = maintenanceSchedule(daily.task.name)
    const newer = JSON.stringify({ schedule, plan: 'another' })
    await harness.connection.request(schedule, newer)
    const { revision } = await harness.store.load('cron')
    await setSchedules(harness.store, [{ ...daily, cron: '0 0 4 * * *' }], new Date())
    expect((await harness.store.load('cron')).revision).toBe(revision)

    const jobs = (await requested(cleanupExpiredJobs)).length
    await harness.connection.request(target, newer)
    const janitor = await followTicks({ ...harness, log }, [daily])
    const lag = () => harness.store.lag('janitor-ticks')
    const given = async () => (await lag()).deliveredUpTo === (await harness.store.lastSequence())
    await expect.poll(given).toBe(true)
    await janitor.drain()
    expect((await lag()).out).toBe(1)
    expect(await requested(cleanupExpiredJobs)).toHaveLength(jobs)
  })
})
