import type { Given } from '../../program/command.ts'
import { flat } from '../../program/description.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { didYouMean } from '../../program/suggest.ts'
import { commandHelp, groupHelp, overview } from '../../reference/help.ts'

export async function run({ words }: Given<object>, { program, print, results }: Session): Promise<number> {
  const { columns } = results
  const name = words.join(' ')
  const all = flat(program)
  const command = all.find((each) => each.name === name)
  const group = all.filter((each) => each.name.startsWith(`${name} `))
  if (name === '') print(overview(program, columns))
  else if (command) print(commandHelp(command, columns))
  else if (group.length > 0) print(groupHelp(name, group, columns))
  else {
    const names = all.map((each) => each.name)
    throw new UsageError(
      `there is no command or task ${name}${didYouMean(name, names) || '; see: pdf-smaller --help'}`,
    )
  }
  return exitCodes.done
}
