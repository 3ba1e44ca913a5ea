import { exitCodes, UsageError } from '../exit.ts'
import { readFlags, serverNamed } from '../flags.ts'
import { jobLine } from '../report.ts'
import type { Command } from '../session.ts'
import { optionFlags, optionHelp, optionsGiven } from '../task-options.ts'

const help = `Usage: pdf-smaller replay ID [--OPTION VALUE]... [--tag WORD] [--json]

Runs an ended job once more on the same files, as a new job, with those options of its task that are given here, such as
--engine or --model. What is not given stays as it was. Compare the two with: pdf-smaller comparison NEW-ID`

/** Runs an ended job once more in another way. */
export const replay: Command = async ([jobId, ...args], { print, connect }) => {
  if (jobId === '-h' || jobId === '--help') {
    print(help)
    return exitCodes.done
  }
  if (!jobId || jobId.startsWith('-'))
    throw new UsageError('replay takes the id of one job, and then its options')
  const client = await connect(serverNamed(args))
  const { task } = await client.get(jobId)
  const described = (await client.tasks()).find(({ name }) => name === task)
  if (!described) throw new UsageError(`the service has no task ${task} any more`)
  const { options } = described
  const flags = { ...optionFlags(options), tag: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readFlags('replay', args, flags)
  if (values.help) {
    print([help, '', ...optionHelp(options)].join('\n'))
    return exitCodes.done
  }
  if (positionals.length > 0) throw new UsageError('replay takes the id of one job')
  const { tag, json } = values
  const again = await client.replay(jobId, { options: optionsGiven(options, values), tag })
  print(json ? JSON.stringify(again, undefined, 2) : jobLine(again))
  return exitCodes.done
}
