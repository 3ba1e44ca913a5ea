import type { Given } from '../../program/command.ts'
import type { Session } from '../../program/session.ts'
import { forEachOne } from '../../jobs/each.ts'

export async function run(
  { values: { tenant }, words }: Given<{ tenant: string | undefined }>,
  session: Session,
): Promise<number> {
  const client = await session.connect()
  return forEachOne(words, session, async (name) => {
    const ended = await client.consumers.delete(name, { tenant, signal: session.signal })
    const { accountToRemove: account } = ended
    const more =
      account === undefined ? [] : [`  take its account out of the configuration of nats-server: ${account}`]
    session.tell({ json: ended, lines: () => [`${name}  ended`, ...more], word: name })
  })
}
