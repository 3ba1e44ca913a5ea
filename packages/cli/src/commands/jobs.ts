import { JobStatus } from '@pdf-smaller/contracts'
import { exitCodes, UsageError } from '../exit.ts'
import { readFlags } from '../flags.ts'
import { jobLine } from '../report.ts'
import type { Command } from '../session.ts'

const flags = {
  status: { type: 'string' },
  task: { type: 'string' },
  tag: { type: 'string' },
  limit: { type: 'string', default: '20' },
} as const

const help = `Usage: pdf-smaller jobs [--status ${JobStatus.options.join('|')}] [--task TASK] [--tag WORD] [--limit N]

Lists the newest jobs, 20 without --limit.`

/** Lists jobs, the newest first. */
export const jobs: Command = async (args, { print, connect }) => {
  const { values } = readFlags('jobs', args, flags)
  if (values.help) {
    print(help)
    return exitCodes.done
  }
  const { task, tag } = values
  const status = JobStatus.optional().safeParse(values.status)
  if (!status.success) throw new UsageError(`--status is one of ${JobStatus.options.join(', ')}`)
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit is a number from 1')
  const client = await connect(values.server)
  let count = 0
  for await (const job of client.list({ status: status.data, task, tag, pageSize: Math.min(limit, 200) })) {
    print(jobLine(job))
    count += 1
    if (count === limit) break
  }
  return exitCodes.done
}
