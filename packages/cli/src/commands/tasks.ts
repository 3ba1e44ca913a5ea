import { exitCodes } from '../exit.ts'
import { readFlags } from '../flags.ts'
import type { Command } from '../session.ts'
import { usage } from '../usage.ts'

/** Lists what the service can do. */
export const tasks: Command = async (args, { print, connectOrStart }) => {
  const { values } = readFlags('tasks', args, {})
  if (values.help) print(usage)
  else {
    const client = await connectOrStart(values.server)
    for (const { name, title } of await client.tasks()) print(`${name.padEnd(24)} ${title}`)
  }
  return exitCodes.done
}
