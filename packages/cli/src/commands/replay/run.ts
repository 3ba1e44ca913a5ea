import { splitArguments, valuesOf } from '../../program/arguments.ts'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { tellJob } from '../../jobs/each.ts'
import { optionsGiven, taskOptions } from '../../tasks/task-options.ts'

export async function run(
  { values: { tag }, words: [jobId = ''], others = [] }: Given<{ tag: string | undefined }>,
  session: Session,
): Promise<number> {
  const client = await session.connect()
  const { task } = await client.get(jobId)
  const described = (await client.tasks()).find(({ name }) => name === task)
  if (!described) throw new UsageError(`the service has no task ${task} any more`)
  const known = taskOptions(described.options)
  const split = splitArguments(others, known, task)
  if (split.words[0] !== undefined)
    throw new UsageError(`replay takes ID, and "${split.words[0]}" is too much`)
  const options = optionsGiven(described.options, valuesOf(known, split))
  tellJob(await client.replay(jobId, { options, tag }), session)
  return exitCodes.done
}
