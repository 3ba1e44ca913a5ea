import { candidates } from '../../completion/candidates.ts'
import type { Given } from '../../program/command.ts'
import { flat } from '../../program/description.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'

export async function run({ words }: Given<object>, { print, program }: Session): Promise<number> {
  const found = candidates(words, flat(program))
  for (const { word, about } of found.words) print(`${word}\t${about}`)
  if (found.files) print(':files')
  return exitCodes.done
}
