import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { placeOf, tellWebhook } from './tell.ts'

export async function run(
  { values: { from }, words: [id = ''] }: Given<{ from: string }>,
  session: Session,
): Promise<number> {
  const place = placeOf(from)
  const { webhooks } = await session.connect()
  tellWebhook(await webhooks.backfill(id, place, { signal: session.signal }), session)
  return exitCodes.done
}
