import { stat } from 'node:fs/promises'
import { type Client, otherTask, ProblemError, type Upload } from '@pdf-smaller/client/node'
import type { JobView } from '@pdf-smaller/contracts'
import type { Session } from '../program/session.ts'
import type { Screen } from '../screen/screen.ts'
import type { Input } from './inputs.ts'
import { size } from './size.ts'
import type { Target } from './targets.ts'

/** What one job is asked for: its files, and where its result goes. */
export type Work = { name: string; files: readonly Input[]; target: Target }

/** A job that was accepted, or why there is none. */
export type Submitted = { work: Work } & ({ job: JobView; error?: never } | { job?: never; error: unknown })

type Given = { options: Record<string, unknown>; tag?: string | undefined; fresh?: boolean }

/** The most jobs of one batch; what a tenant may have waiting is often no more than a few hundred. */
const batchSize = 100
const uploadsAtOnce = 4

/**
 * Hands works in, each as it is accepted. Of several the files are sent one by one, so that one that is refused keeps no
 * other from its job; then the jobs are asked for, so many at a time.
 * @throws ProblemError, UnreachableError where no job was accepted at all; the reason of the signal
 */
export async function* submitWorks(
  client: Client,
  task: string,
  works: readonly Work[],
  given: Given,
  { signal }: Pick<Session, 'signal'>,
  screen?: Screen,
): AsyncGenerator<Submitted> {
  const [first] = works
  if (works.length === 1 && first) {
    const paths = first.files.map((file) => file.path)
    if (paths.length > 0) screen?.update(0, { stage: 'sending' })
    yield { work: first, job: await client.submit(otherTask(task), paths, { ...given, signal }) }
    return
  }
  let accepted = 0
  for (let from = 0; from < works.length; from += batchSize) {
    const part = works.slice(from, from + batchSize)
    const sent = await sendAll(client, part, from, signal, screen)
    const refused = sent.filter((one) => 'error' in one)
    yield* refused
    const ready = sent.filter((one) => 'upload' in one)
    if (ready.length === 0) continue
    try {
      const uploads = ready.map(({ upload }) => ({ upload: upload.uploadId }))
      const batch = await client.submitBatch(otherTask(task), { uploads }, { ...given, signal })
      accepted += batch.jobs.length
      for (const [index, job] of batch.jobs.entries()) {
        const work = ready[index]?.work
        if (work) yield { work, job }
      }
    } catch (error) {
      // What is wrong with the options is wrong for all; later on, those before have their jobs.
      if (accepted === 0 || signal.aborted) throw error
      for (const { work } of ready) yield { work, error }
    }
  }
}

type Sent = { work: Work } & ({ upload: Upload } | { error: unknown })

/** Sends the file of each work, some at once. */
async function sendAll(
  client: Client,
  works: readonly Work[],
  from: number,
  signal: AbortSignal,
  screen: Screen | undefined,
): Promise<Sent[]> {
  const sent: Sent[] = []
  const queue = works.entries()
  const sender = async () => {
    for (const [index, work] of queue) {
      const [file] = work.files
      if (!file) continue
      const { size: bytes } = await stat(file.path)
      screen?.update(from + index, { stage: 'sending', message: size(bytes) })
      try {
        sent[index] = { work, upload: await client.upload(file.path, { name: file.name, signal }) }
        screen?.update(from + index, { stage: 'waiting', message: '' })
      } catch (error) {
        // Only what is said of this file is its own matter.
        if (
          signal.aborted ||
          !(error instanceof ProblemError) ||
          error.retryable ||
          error.status === 401 ||
          error.status === 403
        )
          throw error
        sent[index] = { work, error }
      }
    }
  }
  await Promise.all(Array.from({ length: uploadsAtOnce }, sender))
  return sent
}
