import type { Client } from '@pdf-smaller/client'
import type { JobView } from '@pdf-smaller/contracts'
import type { Arguments } from '../arguments.ts'
import { exitCodes, UsageError } from '../usage.ts'

const shown = 20

const line = ({ id, task, status, requestedAt, attempt, inputs }: JobView) =>
  `${id}  ${status.padEnd(9)}  ${task.padEnd(12)}  ${requestedAt.slice(0, 19)}  attempt ${attempt}  ${inputs[0]?.name ?? ''}`

function idOf({ rest: [id] }: Arguments): string {
  if (!id) throw new UsageError('name the job by its id')
  return id
}

/** The newest jobs. */
export async function listJobs(client: Client): Promise<number> {
  let count = 0
  for await (const job of client.list({ pageSize: shown })) {
    if (count++ === shown) break
    process.stdout.write(`${line(job)}\n`)
  }
  return exitCodes.done
}

export async function showStatus(client: Client, given: Arguments): Promise<number> {
  const job = await client.get(idOf(given))
  process.stdout.write(`${JSON.stringify(job, undefined, 2)}\n`)
  return job.status === 'failed' ? exitCodes.failed : exitCodes.done
}

export async function cancelJob(client: Client, given: Arguments): Promise<number> {
  process.stdout.write(`${line(await client.cancel(idOf(given)))}\n`)
  return exitCodes.done
}

export async function retryJob(client: Client, given: Arguments): Promise<number> {
  process.stdout.write(`${line(await client.retry(idOf(given)))}\n`)
  return exitCodes.done
}

export async function listTasks(client: Client): Promise<number> {
  for (const { name, title } of await client.tasks()) process.stdout.write(`${name.padEnd(24)} ${title}\n`)
  return exitCodes.done
}
