import type { Delivery } from '@pdf-smaller/client/node'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { timeOf } from '../../jobs/rows.ts'
import { plainText } from '../../screen/plain-text.ts'
import { tellRows } from '../../screen/tell-rows.ts'
import { shortOf } from '../events/types.ts'

type Values = { outcome: Delivery['outcome'] | undefined; message: string | undefined; limit: number }

const largestPage = 200

export async function run({ values, words: [id = ''] }: Given<Values>, session: Session): Promise<number> {
  const { outcome, message: messageId, limit } = values
  const { webhooks } = await session.connect()
  const pageSize = Math.min(limit, largestPage)
  const all: Delivery[] = []
  for await (const one of webhooks.deliveries(id, { outcome, messageId, pageSize, signal: session.reading }))
    if (all.push(one) === limit) break
  tellRows(session, {
    all,
    heads: ['AT (UTC)', 'SEQUENCE', 'EVENT', 'TRY', 'OUTCOME', 'ANSWER', 'MS', 'WHY'],
    row: ({ at, sequence, eventType, attempt, outcome, status, ms, error, nextAt }) => [
      timeOf(at),
      String(sequence ?? ''),
      shortOf(eventType),
      String(attempt),
      outcome,
      String(status ?? ''),
      String(Math.round(ms)),
      plainText([error ?? '', nextAt ? `again at ${timeOf(nextAt)}` : ''].filter(Boolean).join('; ')),
    ],
    word: ({ sequence }) => sequence?.toString(),
    none: 'Nothing was sent to it.',
  })
  return exitCodes.done
}
