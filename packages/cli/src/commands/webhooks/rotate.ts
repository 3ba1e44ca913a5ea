import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { tellSecret } from './tell.ts'

export async function run(
  { values: { overlap: overlapSeconds }, words: [id = ''] }: Given<{ overlap: number }>,
  session: Session,
): Promise<number> {
  const { webhooks } = await session.connect()
  tellSecret(await webhooks.rotate(id, { overlapSeconds, signal: session.signal }), session)
  return exitCodes.done
}
