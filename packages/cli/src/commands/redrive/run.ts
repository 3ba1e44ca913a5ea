import { failures, type FailureCode } from '@pdf-smaller/contracts'
import type { Redrive } from '@pdf-smaller/contracts/http'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { didYouMean } from '../../program/suggest.ts'
import { timeOf } from '../../jobs/rows.ts'
import { tellRows } from '../../screen/tell-rows.ts'

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
    ...(after === undefined ? {} : { requestedAfter: after }),
    ...(before === undefined ? {} : { requestedBefore: before }),
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
  tellRows(session, {
    all: jobs,
    heads: ['ID', 'TASK', 'FAILED WITH', 'FAILED AT (UTC)', done ? 'NEW JOB' : ''],
    row: ({ id, task, code = '', failedAt, retriedAs, skipped }) => [
      id,
      task,
      code,
      failedAt ? timeOf(failedAt) : '',
      skipped ?? retriedAs ?? 'would be run again',
    ],
    word: ({ id, retriedAs, skipped }) => (done ? retriedAs : skipped === undefined ? id : undefined),
    none: 'There are no such jobs.',
  })
  const again = jobs.filter(({ skipped }) => skipped === undefined).length
  if (!done && again > 0) session.note(`${again} would be run again; do it with --yes`)
}
