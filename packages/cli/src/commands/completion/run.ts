import { scripts } from '../../completion/scripts.ts'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'

export async function run({ words: [shell = ''] }: Given<object>, { print }: Session): Promise<number> {
  const script = Object.entries(scripts).find(([name]) => name === shell)?.[1]
  if (script === undefined)
    throw new UsageError(`completion knows ${Object.keys(scripts).join(', ')}, not "${shell}"`)
  print(script.trimEnd())
  return exitCodes.done
}
