import { setImmediate } from 'node:timers/promises'
import { systemTenant } from '@pdf-smaller/contracts'
import type { ActiveHour, Activity } from '@pdf-smaller/contracts/http'
import { retention } from '@pdf-smaller/domain'
import { z } from 'zod'
import type { Context } from './context.ts'
import type { Counts } from './projection/port.ts'

type Parts = Pick<Context, 'projection' | 'clock' | 'store' | 'integrators' | 'config'>

const hourMs = 3_600_000

/** What became of the jobs of a tenant (`*`: of all), what waits, and how long things are kept. */
export async function activityOf(parts: Parts, tenant: string, hours: number): Promise<Activity> {
  const { projection, clock } = parts
  const [queues, kept] = await Promise.all([queuesOf(parts), keptOf(parts)])
  const tenants = tenant === '*' ? projection.tenants() : [tenant]
  const current = Math.floor(clock().getTime() / hourMs) * hourMs
  const told: ActiveHour[] = []
  for (let at = current - (hours - 1) * hourMs; at <= current; at += hourMs) {
    const [from, until] = [new Date(at).toISOString(), new Date(at + hourMs).toISOString()]
    const counts: Counts[] = []
    for (const each of tenants) {
      counts.push(projection.counts(each, from, until))
      // One takes some ms among millions of jobs: requests come in between.
      await setImmediate()
    }
    told.push({ at: from, ...hourOf(counts) })
  }
  return { hours: told, queues, kept }
}

function hourOf(counts: readonly Counts[]): Omit<ActiveHour, 'at'> {
  const { completed = 0, failed = 0, cancelled = 0, ...open } = sums(counts.map(({ statuses }) => statuses))
  const codes = sums(counts.map(({ codes: each }) => each))
  return {
    completed,
    failed,
    cancelled,
    open: Object.values(open).reduce((sum, jobs) => sum + jobs, 0),
    codes,
  }
}

function sums(records: readonly Partial<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const record of records)
    for (const [key, jobs = 0] of Object.entries(record)) total[key] = (total[key] ?? 0) + jobs
  return total
}

/** Those of workers read jobs of all tenants, and carry the names of their domains. */
async function queuesOf({ store }: Parts): Promise<Activity['queues']> {
  const { consumers } = await store.survey()
  return consumers
    .filter(({ filters }) => filters.some((filter) => filter.startsWith('pdf.*.')))
    .map(({ name: domain, waiting, out, redelivered }) => ({ domain, waiting, out, redelivered }))
}

const Days = z.object({ completedDays: z.number(), failedDays: z.number(), cancelledDays: z.number() })

/** What the newest clean-up went by; before the first, the usual. */
async function keptOf({ projection, integrators, config }: Parts): Promise<Activity['kept']> {
  const [newest] = projection.list(systemTenant, { task: 'cleanup-expired-jobs' }, 1).jobs
  const days = Days.safeParse(newest?.options).data ?? Days.parse(retention)
  const { seconds } = await integrators.kept()
  return {
    ...days,
    uploadSeconds: config.UPLOAD_KEEP_SECONDS,
    ...(seconds ? { eventSeconds: seconds } : {}),
  }
}
