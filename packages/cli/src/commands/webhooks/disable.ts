import type { Given } from '../../program/command.ts'
import type { Session } from '../../program/session.ts'
import { forEachOne } from '../../jobs/each.ts'
import { tellWebhook } from './tell.ts'

export async function run({ words }: Given<object>, session: Session): Promise<number> {
  const { webhooks } = await session.connect()
  const { signal } = session
  return forEachOne(words, session, async (id) =>
    tellWebhook(await webhooks.disable(id, { signal }), session),
  )
}
