import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Client } from '@pdf-smaller/client/node'
import type { JobEvent, JobView, ObjectRef } from '@pdf-smaller/contracts'
import type { Session } from '../program/session.ts'
import type { Row } from '../screen/rows.ts'
import type { Screen } from '../screen/screen.ts'
import { isWrittenThrough, pathsOfOutputs, type Target } from './targets.ts'

/** What came of a job: how it ended and the files that were written, or why that is not known. */
export type Finished = { name: string } & ({ job: JobView; saved: string[] } | { error: unknown })

type About = { job: JobView; index: number; name: string; target: Target; force: boolean }

/**
 * Follows a job to its end and writes its results. What goes wrong is given back: others go on.
 * @throws the reason of the session's signal
 */
export async function finishJob(
  client: Client,
  { job: { id }, index, name, target, force }: About,
  screen: Screen,
  session: Session,
): Promise<Finished> {
  const { signal } = session
  try {
    const job = await client.wait(id, {
      signal,
      onProgress: ({ percentage, stage, message }) => screen.update(index, { percentage, stage, message }),
      onEvent: (event) => screen.update(index, changeBy(event)),
    })
    const saved = target.path === '' ? [] : await saveOutputs(client, job, target, { force, session })
    return { name, job, saved }
  } catch (error) {
    signal.throwIfAborted()
    if (isReaderGone(error)) throw error
    return { name, error: withJob(error, id) }
  } finally {
    screen.end(index)
  }
}

/** The outputs of a job as files; what is a part of another output comes with that. */
export const wholeOutputs = ({ status, outputs }: JobView) =>
  status === 'completed' ? outputs.filter(({ part }) => !part) : []

/**
 * Writes the outputs of a job that has completed.
 * @returns the files that were written
 * @throws ProblemError, UnreachableError; the error of the file system
 */
export async function saveOutputs(
  client: Client,
  job: JobView,
  target: Target,
  { force, session }: { force: boolean; session: Pick<Session, 'results' | 'signal'> },
): Promise<string[]> {
  const outputs = wholeOutputs(job)
  const [first] = outputs
  if (target.path === '-') {
    if (first) await pipeOutput(client, job, first, session)
    return []
  }
  const paths = pathsOfOutputs(
    target,
    outputs.map(({ name }) => name),
  )
  for (const [number, file] of paths.entries()) {
    const output = outputs[number]
    if (output) await saveOutput(client, job, output, file, { force, signal: session.signal })
  }
  return paths
}

/** Writes an output into a file; links, devices and pipes are written through. */
export async function saveOutput(
  client: Client,
  job: JobView,
  output: ObjectRef,
  file: string,
  { force, signal }: { force: boolean; signal: AbortSignal },
): Promise<void> {
  const overwrite = force || isWrittenThrough(file)
  await client.download(job.id, file, { name: addressOf(output), overwrite, signal })
}

/** Writes an output to stdout, once it is known to be whole. */
export async function pipeOutput(
  client: Client,
  job: JobView,
  output: ObjectRef,
  { results, signal }: Pick<Session, 'results' | 'signal'>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-out-'))
  try {
    const file = path.join(folder, 'result')
    await client.download(job.id, file, { name: addressOf(output), signal })
    await pipeline(createReadStream(file), results, { end: false, signal })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const addressOf = ({ key }: ObjectRef) => key.slice(key.lastIndexOf('/') + 1)

/** Nobody reads the result any more, as in `pdf-smaller download ID -o - | head`. */
const isReaderGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EPIPE'

/** Of an error of the disk: the job is done all the same, and its results can be had. */
function withJob(error: unknown, jobId: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  const again = `pdf-smaller download ${jobId}`
  return new Error(`${error.message}. The job is done; write its result elsewhere with: ${again} -o FILE`, {
    cause: error,
  })
}

/** What an event changes of a file's row. */
function changeBy(event: JobEvent): Partial<Row> {
  if (event.type === 'pdfsmaller.job.started.v1') return { percentage: 0, stage: 'started', message: '' }
  if (event.type !== 'pdfsmaller.job.retry-scheduled.v1') return {}
  const { failure, nextAttemptAt } = event.data
  return { stage: 'waiting', message: `${failure.code}, goes on at ${nextAttemptAt.slice(11, 19)} UTC` }
}
