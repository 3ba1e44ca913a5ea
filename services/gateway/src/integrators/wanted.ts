import { hash } from 'node:crypto'
import { canonical, JobFailure, jobStream, phaseOf } from '@pdf-smaller/contracts'
import type { ConsumerFilters, ConsumerStart } from '@pdf-smaller/contracts/http'
import type { Integrators, NewIntegrator } from '@pdf-smaller/platform'
import type { Context } from '../context.ts'
import { namingOf } from '../intake/idempotency.ts'
import { WrongInput } from '../problem.ts'

/** What of a tenant's events a consumer gets, as the server is told it. */
export function subjectsOf(tenant: string, { task, type }: ConsumerFilters): string[] {
  const tasks = task ? [...new Set(task)] : ['*']
  if (!type) return task ? tasks.map((name) => `pdf.${tenant}.*.${name}.>`) : [`pdf.${tenant}.>`]
  const phases = new Set(type.map((each) => phaseOf[each]))
  return tasks.flatMap((name) =>
    [...phases].map((phase) => `${jobStream({ tenant, domain: '*', task: name, jobId: '*' })}.${phase}`),
  )
}

/** @throws JobFailure unknown_task: a reader that can never get anything is a slip of the pen */
export function checkTasks({ tasks }: Pick<Context, 'tasks'>, names: readonly string[]): void {
  const unknown = names.find((name) => !tasks.has(name))
  if (unknown !== undefined) throw new JobFailure('unknown_task', `"${unknown}"`)
}

/**
 * The first sequence that may come. What is older than what is kept begins with the oldest that is.
 * @param from as the request says it
 * @throws JobFailure position_lost for what is behind the end; WrongInput for a time to come
 */
export async function startOf(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  kept: Awaited<ReturnType<Integrators['kept']>>,
  from: ConsumerStart,
): Promise<number> {
  const { firstSequence, lastSequence } = kept
  if (from === 'new') return lastSequence + 1
  if (typeof from === 'number') {
    if (from > lastSequence + 1)
      throw new JobFailure('position_lost', `${from} is behind the next event, ${lastSequence + 1}`)
    return Math.max(from, firstSequence, 1)
  }
  const after = new Date(from)
  if (after > clock())
    throw new WrongInput('invalid_request', [{ pointer: '/from', detail: 'it is a time to come' }])
  for await (const { sequence } of store.scan(['pdf.>'], { after, pageMessages: 1 })) return sequence
  return lastSequence + 1
}

/** What tells repeated requests apart, where the client sent a key. @throws JobFailure invalid_request */
export function requestOf(
  tenant: string,
  header: string | undefined,
  asked: { name: string; filters: ConsumerFilters; from: ConsumerStart },
): NewIntegrator['request'] {
  const { key } = namingOf(tenant, header)
  if (key === undefined) return undefined
  const { name, filters, from } = asked
  return {
    key: hash('sha256', key, 'hex'),
    asked: hash('sha256', canonical({ name, filters, from }), 'hex'),
  }
}
