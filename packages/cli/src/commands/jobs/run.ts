import type { JobStatus, JobView } from '@pdf-smaller/contracts'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { tellRows } from '../../screen/tell-rows.ts'
import { jobHeads, jobRow, paintStatus } from '../../jobs/rows.ts'

type Values = {
  status: JobStatus | undefined
  task: string | undefined
  tag: string | undefined
  batch: string | undefined
  after: Date | undefined
  before: Date | undefined
  limit: number
}

const largestPage = 200

export async function run({ values }: Given<Values>, session: Session): Promise<number> {
  const { batch, after, before, limit, ...filter } = values
  const client = await session.connect()
  const found: JobView[] = []
  const wanted = { ...filter, batchId: batch, requestedAfter: after, requestedBefore: before }
  for await (const job of client.list({ ...wanted, pageSize: Math.min(limit, largestPage) }))
    if (found.push(job) === limit || session.reading.aborted) break
  tellRows(session, {
    all: found,
    heads: jobHeads,
    row: jobRow,
    word: ({ id }) => id,
    none: 'There are no such jobs.',
    colour: paintStatus,
  })
  return exitCodes.done
}
