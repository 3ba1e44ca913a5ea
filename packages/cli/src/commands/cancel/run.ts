import type { Given } from '../../program/command.ts'
import type { Session } from '../../program/session.ts'
import { forEachOne, tellJob } from '../../jobs/each.ts'

export async function run(
  { values: { reason }, words }: Given<{ reason: string | undefined }>,
  session: Session,
): Promise<number> {
  const client = await session.connect()
  return forEachOne(words, session, async (id) => tellJob(await client.cancel(id, reason), session))
}
