import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { timeOf } from '../../jobs/rows.ts'
import { tellRows } from '../../screen/tell-rows.ts'

export async function run(
  { values: { tenant } }: Given<{ tenant: string | undefined }>,
  session: Session,
): Promise<number> {
  const client = await session.connect()
  const all = await client.consumers.list({ tenant, signal: session.signal })
  tellRows(session, {
    all,
    heads: ['NAME', 'TENANT', 'WAITING', 'OUT', 'UP TO', 'CONNECTED', 'MADE (UTC)', 'SUBJECTS'],
    row: ({ name, tenant, lag, createdAt, subjects }) => [
      name,
      tenant,
      String(lag.waiting),
      String(lag.out),
      String(lag.acknowledgedUpTo),
      lag.pulls > 0 ? 'yes' : 'no',
      timeOf(createdAt),
      subjects.join(' '),
    ],
    word: ({ name }) => name,
    none: 'There are no integrators.',
  })
  return exitCodes.done
}
