import { type Client, isEnded } from '@pdf-smaller/client/node'
import type { JobEvent, JobView } from '@pdf-smaller/contracts'
import type { Row } from './rows.ts'
import { openScreen, type Screen } from './screen.ts'
import type { Session } from './session.ts'
import { pathsOfOutputs, type Target } from './targets.ts'

/** The jobs of one command, each with the name and the target of its file. */
export type Submitted = {
  jobs: readonly JobView[]
  names: readonly string[]
  targets: readonly Target[]
  force: boolean
}

/** What came of a job: how it ended and the files that were written, or why that is not known. */
export type Finished = { name: string } & ({ job: JobView; saved: string[] } | { error: unknown })

/** The longest that the end of the command waits for the cancellation of its jobs. */
const cancelMs = 3000

/**
 * Follows jobs to their ends and writes their results. One that goes wrong does not keep the others from theirs.
 * On Ctrl-C those that have not ended are cancelled, since nobody waits for them any more.
 * @throws the reason of the session's signal
 */
export async function finishJobs(
  client: Client,
  submitted: Submitted,
  session: Session,
): Promise<Finished[]> {
  const { jobs, names } = submitted
  const { signal } = session
  const screen = openScreen(session.screen, names)
  const running = new Set(jobs.map(({ id }) => id))
  try {
    return await Promise.all(
      jobs.map(async ({ id }, index): Promise<Finished> => {
        const name = names[index] ?? id
        try {
          const finished = await finishJob(client, submitted, index, screen, signal)
          running.delete(id)
          return { name, ...finished }
        } catch (error) {
          signal.throwIfAborted()
          return { name, error }
        }
      }),
    )
  } finally {
    screen.clear()
    if (signal.aborted) await cancelAll(client, running)
  }
}

async function finishJob(
  client: Client,
  { jobs, targets, force }: Submitted,
  index: number,
  screen: Screen,
  signal: AbortSignal,
): Promise<{ job: JobView; saved: string[] }> {
  const [asked, target] = [jobs[index], targets[index]]
  if (!asked || !target) throw new Error('a job was accepted that was not asked for')
  const job = await client.wait(asked.id, {
    signal,
    onProgress: ({ percentage, stage, message }) => screen.update(index, { percentage, stage, message }),
    onEvent: (event) => screen.update(index, changeBy(event)),
  })
  // What is a part of another output is fetched with that.
  const outputs = job.status === 'completed' ? job.outputs.filter(({ part }) => !part) : []
  const paths = pathsOfOutputs(
    target,
    outputs.map(({ name }) => name),
  )
  for (const [number, path] of paths.entries()) {
    const output = outputs[number]
    await client.download(job.id, path, { name: output?.key.split('/').at(-1), overwrite: force, signal })
  }
  const ended = { stage: job.status, message: '', ended: isEnded(job) }
  screen.update(index, job.status === 'completed' ? { ...ended, percentage: 100 } : ended)
  return { job, saved: paths }
}

/** What an event changes of a file's row. */
function changeBy(event: JobEvent): Partial<Row> {
  if (event.type === 'pdfsmaller.job.started.v1') return { percentage: 0, stage: 'started', message: '' }
  if (event.type !== 'pdfsmaller.job.retry-scheduled.v1') return {}
  const { failure, nextAttemptAt } = event.data
  return { stage: 'waiting', message: `${failure.code}, goes on at ${nextAttemptAt.slice(11, 19)} UTC` }
}

async function cancelAll(client: Client, jobIds: ReadonlySet<string>): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, cancelMs).unref())
  const cancelled = Promise.allSettled(
    [...jobIds].map((id) => client.cancel(id, 'interrupted on the command line')),
  )
  await Promise.race([cancelled, patience])
}
