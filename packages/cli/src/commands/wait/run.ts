import type { Client } from '@pdf-smaller/client/node'
import type { JobView } from '@pdf-smaller/contracts'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { endOf } from '../../program/told.ts'
import { filesOf } from '../../jobs/rows.ts'
import { openScreen, type Screen } from '../../screen/screen.ts'
import { painter } from '../../screen/paint.ts'
import { completedLines, failureText } from '../../tasks/report.ts'

export async function run({ words: ids }: Given<object>, session: Session): Promise<number> {
  const client = await session.connect()
  const screen = openScreen(session.quiet ? undefined : session.screen, ids, painter(session.screen))
  try {
    const codes = await Promise.all(ids.map((id, index) => waitFor(client, { id, index }, screen, session)))
    return Math.max(...codes)
  } finally {
    screen.close()
  }
}

async function waitFor(
  client: Client,
  { id, index }: { id: string; index: number },
  screen: Screen,
  session: Session,
): Promise<number> {
  const { signal, complain, verbose } = session
  try {
    const job = await client.wait(id, {
      signal,
      onProgress: ({ percentage, stage, message }) => screen.update(index, { percentage, stage, message }),
    })
    screen.end(index)
    screen.above(() => sayEnd(job, session))
    return job.status === 'completed' ? exitCodes.done : exitCodes.failed
  } catch (error) {
    signal.throwIfAborted()
    screen.end(index)
    const { message, exitCode } = endOf(error, verbose)
    screen.above(() => complain(`${id}: ${message}`))
    return exitCode
  }
}

function sayEnd(job: JobView, { tell, complain, json, quiet, paint, verbose }: Session): void {
  const { id, status } = job
  const done = status === 'completed'
  const lines = () => completedLines(`${id}  ${filesOf(job)}`.trimEnd(), job, { saved: [], paint, verbose })
  if (!done) complain(`${id}: ${failureText(job)}`)
  if (done || json || quiet) tell({ json: job, lines, word: `${id} ${status}` })
}
