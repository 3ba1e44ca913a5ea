import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'

export async function run({ words: [id = ''] }: Given<object>, session: Session): Promise<number> {
  const sent = await (await session.connect()).webhooks.ping(id, { signal: session.signal })
  const lines = () => [`sent as ${sent.messageId}; see: pdf-smaller webhooks deliveries ${id}`]
  session.tell({ json: sent, lines, word: sent.messageId })
  return exitCodes.done
}
