import type { Given } from '../../program/command.ts'
import type { Session } from '../../program/session.ts'
import { forEachOne } from '../../jobs/each.ts'

export async function run({ words }: Given<object>, session: Session): Promise<number> {
  const { webhooks } = await session.connect()
  return forEachOne(words, session, async (id) => {
    await webhooks.delete(id, { signal: session.signal })
    session.tell({ json: { id }, lines: () => [`${id}  deleted`], word: id })
  })
}
