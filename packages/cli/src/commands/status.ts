import type { JobView } from '@pdf-smaller/contracts'
import { isEnded } from '@pdf-smaller/client/node'
import { exitCodes } from '../exit.ts'
import { jobLine, outcomeLines, size } from '../report.ts'
import type { Paint } from '../rows.ts'
import { jobCommand } from './job.ts'

const plain: Paint = (_, text) => text

export const status = jobCommand(
  'status',
  'Tells how far a job is, or what came of it. Ends with 1 when it has failed.',
  async (client, jobId, { print }, { json }) => {
    const job = await client.get(jobId)
    if (json) print(JSON.stringify(job, undefined, 2))
    else for (const line of statusLines(job)) print(line)
    return job.status === 'failed' ? exitCodes.failed : exitCodes.done
  },
)

/** A job for people. */
export function statusLines(job: JobView): string[] {
  const { inputs, outputs, progress, nextAttemptAt, failure, tag, retries, limits } = job
  const facts: [string, string | undefined][] = [
    ['tag', tag],
    ['input', inputs.map((file) => `${file.name} (${size(file.size)})`).join(', ')],
    ['output', outputs.map((file) => `${file.name} (${size(file.size)})`).join(', ')],
    ['retries', retries > 0 ? `${retries} of ${limits.retries}` : undefined],
    ['next attempt', nextAttemptAt],
    [
      'progress',
      job.status === 'running' && progress
        ? `${progress.percentage} % ${progress.stage} ${progress.message}`
        : '',
    ],
    ['last failure', isEnded(job) ? '' : failure?.message],
  ]
  return [
    jobLine(job),
    ...facts.flatMap(([name, value]) => (value ? [`  ${name.padEnd(13)} ${value.trimEnd()}`] : [])),
    ...(isEnded(job) ? outcomeLines(inputs[0]?.name ?? job.task, job, [], plain) : []),
  ]
}
