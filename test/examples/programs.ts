import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export type Program = {
  /** All that it has printed so far. */
  told: () => string
  /** Resolves when it has printed what is looked for. @throws Error when it ends before */
  says: (what: RegExp) => Promise<void>
  /** Resolves with all that it has printed when it has ended well. @throws Error when it has not */
  ended: () => Promise<string>
  end: () => Promise<void>
}

/** Runs a program that an example is, in a folder and with settings of its own. */
export function runProgram(
  [command, ...args]: [string, ...string[]],
  { folder, settings }: { folder: string; settings: Record<string, string> },
): Program {
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A shell has children of its own.
    detached: true,
  })
  let told = ''
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const waiting = new Set<() => void>()
  child.stdout.on('data', (chunk) => {
    told += String(chunk)
    for (const look of waiting) look()
  })
  const exited = once(child, 'close')
  const wrong = (why: string) => new Error(`${[command, ...args].join(' ')} ${why}:\n${told}\n${errors}`)
  return {
    told: () => told,
    says: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!what.test(told)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
        void exited.then(() => reject(wrong(`ended without saying ${String(what)}`)))
      }),
    ended: async () => {
      await exited
      if (child.exitCode !== 0) throw wrong(`ended with ${child.exitCode ?? child.signalCode}`)
      return told
    },
    end: async () => {
      kill(child)
      await exited
    },
  }
}

function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
}
