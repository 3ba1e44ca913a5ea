import type { JobView } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { z } from 'zod'

/** What a tenant has here: jobs that wait, jobs that run, and the bytes of its jobs' files. */
export const Usage = z.object({ waiting: z.int(), running: z.int(), bytes: z.int() })
export type Usage = z.infer<typeof Usage>

/** By tenant, as it stands with the tables. */
export const StoredUsages = z.record(z.string(), Usage)
export type StoredUsages = z.infer<typeof StoredUsages>

const nothing: Usage = { waiting: 0, running: 0, bytes: 0 }

/** What every tenant has, added up as its jobs change. */
export type Usages = {
  of: (tenant: string) => Usage
  tenants: () => string[]
  /** A job has become another; undefined where it is not there. */
  change: (before: JobView | undefined, after: JobView | undefined) => void
  stored: () => StoredUsages
  clear: () => void
}

export function openUsages(given: StoredUsages): Usages {
  const byTenant = new Map(Object.entries(given))
  const add = (job: JobView | undefined, sign: 1 | -1) => {
    if (!job) return
    const had = byTenant.get(job.tenant) ?? nothing
    const own = usageOf(job)
    byTenant.set(job.tenant, {
      waiting: had.waiting + sign * own.waiting,
      running: had.running + sign * own.running,
      bytes: had.bytes + sign * own.bytes,
    })
  }
  return {
    of: (tenant) => byTenant.get(tenant) ?? nothing,
    tenants: () => [...byTenant.keys()],
    change: (before, after) => {
      add(before, -1)
      add(after, 1)
    },
    stored: () => Object.fromEntries(byTenant),
    clear: () => byTenant.clear(),
  }
}

function usageOf(job: JobView): Usage {
  const isRunning = job.status === 'running'
  const files = job.expired ? [] : [...job.inputs, ...job.outputs]
  return {
    waiting: isRunning || isDecided(job) ? 0 : 1,
    running: isRunning ? 1 : 0,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  }
}
