import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { type FiltersGiven, filtersOf, tellWebhook } from './tell.ts'

export async function run(
  { values, words: [id = ''] }: Given<FiltersGiven & { url: string | undefined }>,
  session: Session,
): Promise<number> {
  const { webhooks } = await session.connect()
  const { signal } = session
  const now = await webhooks.get(id, { signal })
  const url = values.url ?? now.url
  const wanted = filtersOf({
    name: values.name ?? now.name,
    types: values.types ?? now.types,
    tasks: values.tasks ?? now.tasks,
    tags: values.tags ?? now.tags,
  })
  tellWebhook(
    await webhooks.change(id, { ...wanted, ...(url === undefined ? {} : { url }) }, { signal }),
    session,
  )
  return exitCodes.done
}
