import type { Client } from '@pdf-smaller/client/node'
import { exitCodes, UsageError } from '../exit.ts'
import { readFlags } from '../flags.ts'
import type { Command, Session } from '../session.ts'

type JobFlags = { json: boolean }

/** A command on one job, which is named by its id. `act` gives the exit code. */
export function jobCommand(
  name: string,
  does: string,
  act: (client: Client, jobId: string, session: Session, flags: JobFlags) => Promise<number>,
): Command {
  return async (args, session) => {
    const { values, positionals } = readFlags(name, args, { json: { type: 'boolean', default: false } })
    if (values.help) {
      session.print(`Usage: pdf-smaller ${name} ID [--json]\n\n${does}`)
      return exitCodes.done
    }
    const [jobId, ...others] = positionals
    if (!jobId || others.length > 0) throw new UsageError(`${name} takes the id of one job`)
    return act(await session.connect(values.server), jobId, session, { json: values.json })
  }
}
