import { JobFailure, JobId, type JobRequestedData, type ObjectRef } from '@pdf-smaller/contracts'
import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'
import { assertMayRun, type Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import { faultsOf, WrongInput } from '../problem.ts'

/** How far ahead a job may be scheduled. */
const furthestStartDays = 30
const dayMs = 86_400_000

const Input = z.strictObject({
  upload: JobId.describe('The id of a completed upload'),
  name: z.string().min(1).max(255).optional().describe('The name of the file, where it is to be another'),
})
export type Input = z.infer<typeof Input>

const tag = z.string().max(200).optional().describe('A word of your own, to find the job by')
const startAt = z.iso
  .datetime({ offset: true })
  .optional()
  .describe(`The job waits until then; at most ${furthestStartDays} days ahead`)
const aboutFresh = 'Make it anew, even where an earlier job had the same files and options'

/** A job as it is asked for in JSON. */
export const JobBody = z.strictObject({
  inputs: z.array(Input).default([]),
  options: z.record(z.string(), z.unknown()).default({}),
  tag,
  startAt,
  fresh: z.boolean().optional().describe(aboutFresh),
})
export type JobBody = z.infer<typeof JobBody>

/** A job as it is asked for in a form; each option may also be a field of its own. */
export const JobForm = z.object({
  file: z.array(z.file()).describe('The file; several where the task takes several'),
  options: z.string().optional().describe('The options as JSON'),
  tag,
  startAt,
  fresh: z.enum(['true', 'false']).optional().describe(aboutFresh),
})

const FormFields = z.strictObject({ tag, startAt, fresh: z.stringbool().optional() })

/** What a form asks for besides files and options. */
export function splitFields(fields: Record<string, unknown>) {
  const { tag, startAt, fresh, ...options } = fields
  const parsed = FormFields.safeParse({ tag, startAt, fresh })
  if (!parsed.success) throw new WrongInput('invalid_request', faultsOf(parsed.error))
  return { ...parsed.data, options }
}

/** @throws JobFailure unknown_task */
export function taskNamed({ tasks }: Pick<Context, 'tasks'>, name: string): Task {
  const task = tasks.get(name)
  if (!task) throw new JobFailure('unknown_task', `"${name.slice(0, 64)}"`)
  return task
}

/** @throws JobFailure missing_file, too_many_files */
export function checkCount(task: Task, count: number, { MAX_FILES }: { MAX_FILES: number }): void {
  const { min, max } = task.inputs
  const most = Math.min(max, MAX_FILES)
  if (count < min)
    throw new JobFailure(
      'missing_file',
      min > 1 ? `${task.name} takes at least ${min}, and ${count} came` : '',
    )
  if (count > most) throw new JobFailure('too_many_files', `${task.name} takes ${most}`)
}

/**
 * The data of the event that requests a job. The fingerprint comes when all jobs of the submission are known.
 * @throws JobFailure forbidden
 */
export function requestedData(
  { clock }: Pick<Context, 'clock'>,
  caller: Caller,
  task: Task,
  asked: {
    inputs: ObjectRef[]
    options: Record<string, unknown>
    tag?: string | undefined
    startAt?: string | undefined
    fresh?: boolean | undefined
  },
): JobRequestedData {
  assertMayRun(caller, task)
  const { domain, name, limits } = task
  return {
    tenant: caller.tenant,
    domain,
    task: name,
    inputs: asked.inputs,
    options: asked.options,
    requester: caller.id,
    limits,
    ...(asked.tag ? { tag: asked.tag } : {}),
    ...(asked.fresh ? { fresh: true } : {}),
    ...(asked.startAt ? { startAt: startOf(asked.startAt, clock()) } : {}),
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
