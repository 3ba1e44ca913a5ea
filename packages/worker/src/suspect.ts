import { type ChildProcess, fork } from 'node:child_process'
import { type Config, workFolder } from '@pdf-smaller/platform'
import { killTree } from './process-tree.ts'
import { sweepWorkspaces } from './workspace.ts'

/** What a suspect's own process is told: its settings, and the message that it works on. */
export type Assignment = { config: Config; subject: string; sequence: number; deliveries: number }

/** What the process answers: whether the message is done with. */
export type Answer = { done: boolean }

/** Sent by the process when its attempt begins: from then on it is held to its limit. */
export const begun = 'begun'

/** Sent to the process when the worker is to stop: the attempt is to be handed back. */
export const handBack = 'hand back'

/** How a suspect's process ended: it answered, it died, or it had to be killed at its time limit. */
export type SuspectEnd = Answer | 'died' | 'overdue'

/** Runs suspects, each in a process of its own. */
export type Quarantine = {
  /** @param hardMs the attempt's hard limit; the process and its engines are killed soon after it */
  run: (assignment: Assignment, hardMs: number) => Promise<SuspectEnd>
  /** Asks all of them to hand their job back, and kills those that do not. */
  stop: () => void
}

/** For telling of an end that it has come to by itself. */
const graceMs = 5000
/** For a start, on the busiest machine. */
const startMs = 60_000

/** Whoever ends without stopping its workers takes the suspects along: one that blocks its loop would run for ever. */
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) end(child)
})

/**
 * A suspect is a job whose file may have killed a worker before, or held it up. In a process of its own it can take
 * nobody else's delivery with it, and the worker goes on with its other jobs. As its own clocks stand still while it
 * blocks its loop, it is the worker that kills it.
 * @param program the module that calls `answerAsSuspect` with the tasks of this worker
 */
export function openQuarantine(program: URL): Quarantine {
  const processes = new Set<ChildProcess>()
  return {
    run: async (assignment, hardMs) => {
      const child = fork(program, {
        execArgv: [],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: bareEnvironment(),
      })
      for (const set of [processes, living]) set.add(child)
      tell(child, assignment)
      const ended = await endOf(child, hardMs + graceMs).finally(() => {
        for (const set of [processes, living]) set.delete(child)
      })
      // One that was killed could not remove its workspace.
      if (typeof ended === 'string') await sweepWorkspaces(workFolder(assignment.config), new Date())
      return ended
    },
    stop: () => {
      for (const child of processes) {
        tell(child, handBack)
        setTimeout(() => {
          if (processes.has(child)) end(child)
        }, graceMs).unref()
      }
    },
  }
}

function endOf(child: ChildProcess, limitMs: number): Promise<SuspectEnd> {
  return new Promise((resolve, reject) => {
    let answered: Answer | undefined
    let overdue = false
    const stop = () => {
      overdue = true
      end(child)
    }
    let clock = setTimeout(stop, startMs)
    child.on('message', (said: typeof begun | Answer) => {
      if (said !== begun) return void (answered = said)
      clearTimeout(clock)
      clock = setTimeout(stop, limitMs)
    })
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(clock)
      resolve(answered ?? (overdue ? 'overdue' : 'died'))
    })
  })
}

/** One that has just ended hears nothing any more. */
function tell(child: ChildProcess, message: Assignment | typeof handBack): void {
  child.send(message, () => {})
}

function end({ pid }: ChildProcess): void {
  if (pid !== undefined) killTree(pid)
}

/** The settings come with the assignment; of the environment only what finds programs is handed on. */
function bareEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return { PATH, HOME, TMPDIR, LANG }
}
