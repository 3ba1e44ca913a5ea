import { failures, type FailureCode } from '@pdf-smaller/contracts'
import type { Redrive } from '@pdf-smaller/contracts/http'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { didYouMean } from '../../program/suggest.ts'
import { timeOf } from '../../jobs/rows.ts'
import { table } from '../../screen/table.ts'

type Values = {
  code: string | undefined
  task: string | undefined
  tag: string | undefined
  batch: string | undefined
  after: Date | undefined
  before: Date | undefined
  limit: number
  yes: boolean
}

/** The most jobs of one request. */
const largestPage = 200

export async function run({ values }: Given<Values>, session: Session): Promise<number> {
  const { code, task, tag, batch: batchId, after, before, limit, yes } = values
  const filter = {
    ...(code === undefined ? {} : { code: checkedCode(code) }),
    ...(task === undefined ? {} : { task }),
    ...(tag === undefined ? {} : { tag }),
    ...(batchId === undefined ? {} : { batchId }),
    ...(after === undefined ? {} : { requestedAfter: after.toISOString() }),
    ...(before === undefined ? {} : { requestedBefore: before.toISOString() }),
  }
  const client = await session.connect()
  const jobs: Redrive['jobs'] = []
  let cursor: string | undefined
  do {
    const page = Math.min(largestPage, limit - jobs.length)
    const answer = await client.redrive({
      ...filter,
      limit: page,
      dryRun: !yes,
      ...(cursor ? { cursor } : {}),
    })
    jobs.push(...answer.jobs)
    cursor = answer.nextCursor
  } while (cursor !== undefined && jobs.length < limit && !session.signal.aborted)
  say(jobs, yes, session)
  return exitCodes.done
}

function checkedCode(code: string): FailureCode {
  const codes = Object.keys(failures) as FailureCode[]
  const found = codes.find((each) => each === code)
  if (found) return found
  throw new UsageError(`--code takes the code of a failure, not "${code}"${didYouMean(code, codes)}`)
}

function say(jobs: Redrive['jobs'], done: boolean, session: Session): void {
  const { paint, results, print, note, tell } = session
  if (session.json || session.quiet) {
    for (const job of jobs) {
      const word = done ? job.retriedAs : job.skipped === undefined ? job.id : undefined
      tell({ json: job, lines: () => [], word })
    }
    return
  }
  const rows = jobs.map(({ id, task, code = '', failedAt = '', retriedAs, skipped }) => [
    id,
    task,
    code,
    failedAt && timeOf(failedAt),
    skipped ?? retriedAs ?? 'would be run again',
  ])
  if (rows.length > 0) {
    const heads = ['ID', 'TASK', 'FAILED WITH', 'FAILED AT (UTC)', done ? 'NEW JOB' : '']
    for (const line of table({ heads, rows, columns: results.columns, paint })) print(line)
  }
  const again = jobs.filter(({ skipped }) => skipped === undefined).length
  note(done ? `${again} run again` : `${again} would be run again${again > 0 ? '; do it with --yes' : ''}`)
}
