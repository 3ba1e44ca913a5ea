import type { JobRequestedData, ObjectRef } from '@pdf-smaller/contracts'
import { furthestStartDays } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import type { Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import { WrongInput } from '../problem.ts'

const dayMs = 86_400_000

/** What is asked for beside files and options. */
export type About = {
  tag?: string | undefined
  startAt?: string | undefined
  fresh?: boolean | undefined
  webhook?: string | undefined
}

/**
 * The data of the event that requests a job. The fingerprint comes when all jobs of the submission are known.
 * @param options checked, with their defaults
 * @throws WrongInput invalid_request when it is to start too far ahead
 */
export function requestedData(
  { clock }: Pick<Context, 'clock'>,
  caller: Caller,
  task: Task,
  {
    inputs,
    options,
    tag,
    startAt,
    fresh,
    webhook,
  }: About & { inputs: ObjectRef[]; options: Record<string, unknown> },
): JobRequestedData {
  const { domain, name, limits } = task
  return {
    tenant: caller.tenant,
    domain,
    task: name,
    inputs,
    options,
    requester: caller.id,
    limits,
    ...(tag ? { tag } : {}),
    ...(fresh ? { fresh: true } : {}),
    ...(webhook ? { webhook } : {}),
    ...(startAt ? { startAt: startOf(startAt, clock()) } : {}),
  }
}

/** The start time in UTC. */
function startOf(startAt: string, now: Date): string {
  const start = new Date(startAt)
  if (start.getTime() > now.getTime() + furthestStartDays * dayMs) {
    const detail = `it is more than ${furthestStartDays} days ahead`
    throw new WrongInput('invalid_request', [{ pointer: '/startAt', detail }])
  }
  return start.toISOString()
}
