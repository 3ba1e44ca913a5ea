import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type Config, workFolder } from '@pdf-smaller/platform'
import { sweepWorkspaces } from './workspace.ts'

/** What a suspect's own process is told: its settings, and the message that it works on. */
export type Assignment = { config: Config; subject: string; sequence: number; deliveries: number }

/** What the process answers: whether the message is done with. */
export type Answer = { done: boolean }

/** Sent to the process when the worker is to stop: the attempt is to be handed back. */
export const handBack = 'hand back'

/** Runs suspects, each in a process of its own. */
export type Quarantine = {
  /** @returns whether the message is done with; a process that dies has done nothing */
  run: (assignment: Assignment) => Promise<boolean>
  /** Asks all of them to hand their job back. */
  stop: () => void
}

/**
 * A redelivered job is a suspect: its file may have killed the worker before. In a process of its own it can take
 * nobody else's delivery with it, and the worker goes on with its other jobs.
 * @param program the module that calls `answerAsSuspect` with the tasks of this worker
 */
export function openQuarantine(program: URL): Quarantine {
  const processes = new Set<ChildProcess>()
  return {
    run: async (assignment) => {
      const child = fork(program, {
        execArgv: [],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: bareEnvironment(),
      })
      processes.add(child)
      let done = false
      child.on('message', (answer: Answer) => (done = answer.done))
      child.send(assignment)
      await once(child, 'exit')
      processes.delete(child)
      // One that was killed could not remove its workspace.
      if (!done) await sweepWorkspaces(workFolder(assignment.config), new Date())
      return done
    },
    stop: () => {
      for (const child of processes) child.send(handBack)
    },
  }
}

/** The settings come with the assignment; of the environment only what finds programs is handed on. */
function bareEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return { PATH, HOME, TMPDIR, LANG }
}
