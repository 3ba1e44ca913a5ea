import type { JobView } from '@pdf-smaller/contracts'
import { isEnded } from '@pdf-smaller/client/node'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { inOwnTerms } from '../../program/told.ts'
import type { Paint } from '../../screen/paint.ts'
import { plainText } from '../../screen/plain-text.ts'
import { completedLines, failureText } from '../../tasks/report.ts'
import { size } from '../../tasks/size.ts'
import { timeOf } from '../../jobs/rows.ts'

export async function run({ words: [id = ''] }: Given<object>, session: Session): Promise<number> {
  const job = await (await session.connect()).get(id)
  const { paint, verbose } = session
  session.tell({ json: job, lines: () => statusLines(job, { paint, verbose }), word: job.status })
  return job.status === 'failed' ? exitCodes.failed : exitCodes.done
}

const nameWidth = 13

/** A job for people. */
export function statusLines(job: JobView, { paint, verbose }: { paint: Paint; verbose: boolean }): string[] {
  const {
    id,
    task,
    status,
    inputs,
    outputs,
    progress,
    nextAttemptAt,
    failure,
    tag,
    attempt,
    retries,
    limits,
  } = job
  const files = (all: readonly { name: string; size: number }[]) =>
    all.map(({ name, size: bytes }) => `${plainText(name)} (${size(bytes)})`).join(', ')
  const facts: [string, string | undefined][] = [
    ['job', id],
    ['task', task],
    ['status', status],
    ['requested', `${timeOf(job.requestedAt)} UTC`],
    ['finished', job.finishedAt && `${timeOf(job.finishedAt)} UTC`],
    ['tag', tag && plainText(tag)],
    ['input', files(inputs)],
    ['output', files(outputs.filter(({ part }) => !part))],
    ['attempt', attempt > 1 || verbose ? String(attempt) : undefined],
    ['retries', retries > 0 ? `${retries} of ${limits.retries}` : undefined],
    ['next attempt', nextAttemptAt && `${timeOf(nextAttemptAt)} UTC`],
    [
      'progress',
      status === 'running' && progress
        ? `${progress.percentage} % ${progress.stage} ${progress.message}`
        : '',
    ],
    ['last failure', isEnded(job) || !failure ? '' : inOwnTerms(failure.code, failure.message)],
    ['failure', status === 'failed' ? failureText(job) : ''],
  ]
  const told = facts.flatMap(([name, value]) =>
    value ? [`${paint('dim', name.padEnd(nameWidth))} ${value.trimEnd()}`] : [],
  )
  if (status !== 'completed') return told
  return [...told, ...completedLines(plainText(inputs[0]?.name ?? task), job, { saved: [], paint, verbose })]
}
