import type { JobView } from '@pdf-smaller/contracts'
import { exitCodes } from '../program/exit.ts'
import type { Session } from '../program/session.ts'
import { endOf } from '../program/told.ts'
import { filesOf } from './rows.ts'

/** Does something with each of what is named; one that fails keeps no other from its turn. @returns the exit code of the worst */
export async function forEachOne(
  ids: readonly string[],
  { signal, complain, verbose }: Pick<Session, 'signal' | 'complain' | 'verbose'>,
  act: (id: string) => Promise<void>,
): Promise<number> {
  let worst: number = exitCodes.done
  for (const id of ids) {
    try {
      await act(id)
    } catch (error) {
      signal.throwIfAborted()
      if (ids.length === 1) throw error
      const { message, exitCode } = endOf(error, verbose)
      complain(`${id}: ${message}`)
      worst = Math.max(worst, exitCode)
    }
  }
  return worst
}

/** Tells of a job in one line. */
export function tellJob(job: JobView, { tell }: Pick<Session, 'tell'>): void {
  const { id, task, status } = job
  tell({ json: job, lines: () => [[id, status, task, filesOf(job)].join('  ').trimEnd()], word: id })
}
