import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { describeFailure, type FailureClass, JobFailure } from '@pdf-smaller/contracts'
import { type Overstepped, watchTree } from '@pdf-smaller/hosts'
import { activeTraceparent, spanNames } from '@pdf-smaller/platform'
import type { InputFile, Task, TaskResult } from '@pdf-smaller/task'
import type { Attempt } from './attempt.ts'
import { fetchInputs } from './files.ts'
import type { Work } from './host/protocol.ts'
import { type Attendance, attend, type HostEnd } from './hosts/attend.ts'
import { openHandOver } from './hosts/hand-over.ts'
import type { Host } from './hosts/pool.ts'
import { workspaceName } from './workspace.ts'

/**
 * Runs a task in a process of its own, which ends at once when the attempt is cancelled, given back, at its hard limit, or
 * takes too much memory.
 * @param own the attempt's folder, out of the host's reach
 * @throws JobFailure of the task, or of what its host died of
 */
export async function runInHost(
  attempt: Attempt,
  task: Task,
  attendance: Attendance,
  own: string,
): Promise<TaskResult<unknown>> {
  const { worker, job, number, leash, measures, trace, removals } = attempt
  const made = path.join(own, workspaceName(job.id, number))
  await mkdir(made)
  const [host, inputs] = await trace.stage(spanNames.fetch, () => hostAndInputs(attempt, made))
  const since = performance.now()
  const guard = guardHost(host, attempt, task)
  let sound = false
  try {
    leash.signal.throwIfAborted()
    const workspace = path.join(host.folder, path.basename(made))
    await rename(made, workspace)
    const handOver = openHandOver(host.folder, own)
    const end = await trace.stage(spanNames.run(task.name), async () => {
      const end = await attend(host, workOf(attempt, task, workspace, inputs), attendance, handOver)
      measures.taskEnded(performance.now() - since)
      sound = isSound(end)
      if (end.type === 'failed') throw end.failure
      return end
    })
    const outputs = []
    for (const { handed, name, contentType } of end.outputs)
      outputs.push({ path: await handOver.take(handed), name, contentType })
    return { outputs, result: end.result }
  } catch (error) {
    throw await withFullDisk(error, own, since)
  } finally {
    measures.peakReached(guard.end())
    removals.push(worker.taskHosts.giveBack(host, sound))
  }
}

/**
 * A host, and meanwhile the inputs.
 * @param made a folder for them; it goes in as a whole, so that nothing that the host may have laid there leads elsewhere
 */
async function hostAndInputs(
  { worker, job, leash, removals }: Attempt,
  made: string,
): Promise<[Host, InputFile[]]> {
  const { taskHosts, module, objects } = worker
  const lending = taskHosts.lend(job.tenant, module)
  try {
    return await Promise.all([lending, fetchInputs(objects, job, made, leash.signal)])
  } catch (error) {
    removals.push(lending.then((host) => taskHosts.giveBack(host, true)).catch(() => {}))
    throw error
  }
}

function workOf({ worker, job }: Attempt, task: Task, workspace: string, inputs: readonly InputFile[]): Work {
  const { options, failure } = job
  const traceparent = activeTraceparent() ?? job.traceparent
  return {
    type: 'work',
    module: worker.module,
    task: task.name,
    // Validated by the same schema when the job was requested.
    options,
    inputs: inputs.map((input) => ({ ...input, path: path.join(workspace, path.basename(input.path)) })),
    workspace,
    engine: { ...worker.engine, ...(traceparent === undefined ? {} : { traceparent }) },
    ...(failure ? { failure } : {}),
  }
}

/** Ends the host where the attempt must not go on. @returns stops that, and tells the most memory that was held, bytes */
function guardHost(host: Host, { worker, leash }: Attempt, task: Task): { end: () => number } {
  const { signal } = leash
  let over = false
  const stop = () => {
    const reason: unknown = signal.reason
    if (!(reason instanceof JobFailure)) return host.kill()
    const { code, why, final } = reason
    // At the soft limit it may still tell what it was at; it ends with this failure in any case.
    if (code === 'task_timeout') host.say({ type: 'stop', failure: { code, why, final } })
    else host.kill(reason)
  }
  signal.addEventListener('abort', stop, { once: true })
  leash.hardLimit.catch(() => {
    if (!over) host.kill()
  })
  const { usual, of } = worker.config.TASK_MEMORY_MB
  const mostBytes = of.get(task.name) ?? usual
  const failures: Record<Overstepped, JobFailure> = {
    memory: new JobFailure('out_of_memory', `more than ${Math.round(mostBytes / 2 ** 20)} MiB in all`),
    held: new JobFailure('host_died', 'it fell silent: somebody has stopped it'),
  }
  const unwatch = watchTree(host.pid, mostBytes, (how) => host.kill(failures[how]))
  return {
    end: () => {
      over = true
      signal.removeEventListener('abort', stop)
      return unwatch()
    },
  }
}

const refusals = new Set<FailureClass>([
  'ValidationError',
  'FileNotFoundError',
  'PermissionError',
  'UnsupportedFormatError',
])

/** Whether the host may be trusted with another job: it did what it was asked, or refused with a reason. */
function isSound(end: HostEnd): boolean {
  return end.type === 'done' || (end.foreseen && refusals.has(describeFailure(end.failure.code).class))
}

/** Whatever it did is due to the disk, if that was full meanwhile; its neighbours may have filled it, and made room since. */
async function withFullDisk(error: unknown, folder: string, since: number): Promise<unknown> {
  const { diskFoundFull, isDiskFull } = await import('@pdf-smaller/engines/work-disk')
  const told = error instanceof JobFailure ? error.code : undefined
  if (told === 'work_disk_full') diskFoundFull()
  return (await isDiskFull(folder, since)) ? new JobFailure('work_disk_full', '', { cause: error }) : error
}
