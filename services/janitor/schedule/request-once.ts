import { type JobAddress, systemTenant } from '@pdf-smaller/contracts'
import { command, derivedId, type JobStore, loadJob } from '@pdf-smaller/platform'
import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'
import { source } from '../tasks/source.ts'

const Options = z.record(z.string(), z.unknown())

/** Where the job of a tick stands. Its id derives from the tick, so there is never another. */
export function jobOfTick({ domain, name }: Task, due: Date): JobAddress {
  const jobId = derivedId(systemTenant, name, due.toISOString())
  return { tenant: systemTenant, domain, task: name, jobId }
}

/**
 * Requests the job of a tick, unless some janitor has done so before.
 * @returns whether it was requested now
 */
export async function requestOnce(store: JobStore, task: Task, due: Date): Promise<boolean> {
  const address = jobOfTick(task, due)
  if (await loadJob(store, address)) return false
  const { tenant, domain } = address
  const data = {
    tenant,
    domain,
    task: task.name,
    inputs: [],
    options: Options.parse(task.options.parse({})),
    requester: 'schedule',
    limits: task.limits,
  }
  const done = await command(store, address, { type: 'Request', data }, { source })
  return done.kind === 'appended'
}
