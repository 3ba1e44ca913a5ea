import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { didYouMean } from '../../program/suggest.ts'
import { changeKeys, readKeys, withoutHash } from './file.ts'

export async function run(
  { values: { file }, words: ids }: Given<{ file: string }>,
  session: Session,
): Promise<number> {
  const known = await readKeys(file)
  const strange = ids.find((id) => !known.some((entry) => entry.id === id))
  if (strange !== undefined)
    throw new UsageError(
      `${file} has no key ${strange}${didYouMean(
        strange,
        known.map(({ id }) => id),
      )}`,
    )
  await changeKeys(file, (entries) => entries.filter(({ id }) => !ids.includes(id)))
  for (const entry of known.filter(({ id }) => ids.includes(id)).map(withoutHash))
    session.tell({ json: entry, lines: () => [`${entry.id}  revoked`], word: entry.id })
  return exitCodes.done
}
