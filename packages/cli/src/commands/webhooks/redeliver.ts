import type { Given } from '../../program/command.ts'
import { UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { forEachOne } from '../../jobs/each.ts'

export async function run(
  { words: [id = '', ...sequences] }: Given<object>,
  session: Session,
): Promise<number> {
  const strange = sequences.find((each) => !/^[1-9]\d{0,14}$/.test(each))
  if (strange !== undefined)
    throw new UsageError(`a sequence is a number, not "${strange}"; see: pdf-smaller events replay`)
  const { webhooks } = await session.connect()
  return forEachOne(sequences, session, async (sequence) => {
    const { messageId } = await webhooks.redeliver(id, Number(sequence), { signal: session.signal })
    const json = { sequence: Number(sequence), messageId }
    session.tell({ json, lines: () => [`${sequence}  sent as ${messageId}`], word: messageId })
  })
}
