import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { type FiltersGiven, filtersOf, placeOf, tellSecret } from './tell.ts'

export async function run(
  { values, words: [url] }: Given<FiltersGiven & { from: string | undefined }>,
  session: Session,
): Promise<number> {
  const place = values.from === undefined ? undefined : placeOf(values.from)
  const wanted = {
    ...filtersOf(values),
    ...(url === undefined ? {} : { url }),
    ...(place === undefined ? {} : { from: place instanceof Date ? place.toISOString() : place }),
  }
  tellSecret(await (await session.connect()).webhooks.create(wanted, { signal: session.signal }), session)
  return exitCodes.done
}
