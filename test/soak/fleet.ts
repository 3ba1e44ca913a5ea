import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** This checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A process that is started again whenever it ends, until it is told to stop. */
export type Member = {
  name: string
  /** Ends it at once, as a crash would. */
  kill: () => Promise<void>
  /** Ends it in order. */
  stop: () => Promise<void>
  /** Ends it in order, and starts that of another checkout in its place. */
  replace: (checkout: string) => Promise<void>
  /** Stops it as it stands, or lets it go on. */
  send: (signal: 'SIGSTOP' | 'SIGCONT') => void
}

/** Starts a service of this project as a process of its own. @param from the checkout of another release */
export function member(service: string, name: string, settings: Record<string, string>, from = root): Member {
  let child: ChildProcess
  let checkout = from
  let stopped = false
  const start = () => {
    child = spawn(process.execPath, [path.join(checkout, `services/${service}/src/main.ts`)], {
      // What they say is of use to whoever asks for it.
      stdio: ['ignore', process.env['SOAK_LOG_LEVEL'] ? 'inherit' : 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PDF_SMALLER_WORKER_NAME: name,
        ...settings,
      },
    })
    child.once('exit', () => {
      if (!stopped) start()
    })
  }
  start()
  const end = async (signal: NodeJS.Signals) => {
    const running = child
    if (running.exitCode !== null || running.signalCode !== null) return
    const exited = once(running, 'exit')
    running.kill(signal)
    await exited
  }
  return {
    name,
    kill: () => end('SIGKILL'),
    stop: () => {
      stopped = true
      return end('SIGTERM')
    },
    replace: (next) => {
      checkout = next
      return end('SIGTERM')
    },
    send: (signal) => void child.kill(signal),
  }
}
