import type { JobStatus, JobView } from '@pdf-smaller/contracts'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { table } from '../../screen/table.ts'
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
  for await (const job of client.list({ ...wanted, pageSize: Math.min(limit, largestPage) })) {
    found.push(job)
    if (session.json || session.quiet) session.tell({ json: job, lines: () => [], word: job.id })
    if (found.length === limit || session.reading.aborted) break
  }
  if (session.json || session.quiet) return exitCodes.done
  const { paint, results } = session
  const rows = found.map(jobRow)
  if (rows.length === 0) session.note('There are no such jobs.')
  else
    for (const line of table({
      heads: jobHeads,
      rows,
      columns: results.columns,
      paint,
      colour: paintStatus(paint),
    }))
      session.print(line)
  return exitCodes.done
}
