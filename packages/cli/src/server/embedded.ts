import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { NoServiceError } from '../program/exit.ts'
import type { Environment } from './environment.ts'
import { root, systemProgram } from './programs.ts'
import { isAlive, runningIn } from './running.ts'
import { setUp } from './set-up.ts'

export type Embedded = { url: string; stop: () => Promise<void> }

const stopMs = 10_000

/** Settings that the command's own system takes from its environment: what it may use up, never where it works. */
const limits = /^PDF_SMALLER_(CORES|CONCURRENCY_\w+|ENGINE_\w+|MAX_\w+|NATS_SERVER)$/

/**
 * Starts the whole system for this command alone, with a data folder of its own, and ends and removes it with it.
 * @throws NoServiceError with its last words; the reason of the signal
 */
export async function startEmbedded(
  data: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Embedded> {
  await removeLeftovers(data)
  await setUp(environment, signal)
  const folder = path.join(data, `cli-${process.pid}`)
  const [program, ...args] = diesWithParent(process.execPath, systemProgram)
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches this command alone, which first cancels its jobs; where the child would outlive it, both.
    detached: args.length > 1,
    env: settings(environment, folder),
  })
  const stop = async () => {
    await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { url: await readiness(child, folder, signal), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function settings(environment: Environment, folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith('PDF_SMALLER_') || limits.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    PDF_SMALLER_DATA_DIR: folder,
    PDF_SMALLER_PORT: '0',
    PDF_SMALLER_NATS_PORT: '0',
    PDF_SMALLER_LOG_LEVEL: 'error',
    PDF_SMALLER_DRAIN_SECONDS: '1',
  }
}

/** Linux can end a child with its parent, even when that is killed. */
export function diesWithParent(program: string, script: string): [string, ...string[]] {
  return existsSync('/usr/bin/setpriv')
    ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM', program, script]
    : [program, script]
}

/** Resolves with the address when the system says that it is ready. */
function readiness(child: ChildProcess, folder: string, signal: AbortSignal): Promise<string> {
  let said = ''
  return new Promise<string>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    child.stderr?.on('data', (chunk) => (said += String(chunk)))
    child.stdout?.on('data', (chunk) => {
      said += String(chunk)
      void runningIn(folder).then((running) => running && resolve(running.url))
    })
    child.once('error', (cause) => reject(new NoServiceError('no service could be started', { cause })))
    child.once('close', () =>
      reject(new NoServiceError(`no service runs here, and none could be started:\n${said.trim()}`)),
    )
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const overdue = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await exited
  clearTimeout(overdue)
}

/** Removes the folders of commands that were killed. */
async function removeLeftovers(data: string): Promise<void> {
  for (const name of await readdir(data).catch(() => [])) {
    const pid = Number(/^cli-(\d+)$/.exec(name)?.[1])
    if (!pid || isAlive(pid)) continue
    const folder = path.join(data, name)
    const system = await runningIn(folder)
    if (!system || !isAlive(system.pid)) await rm(folder, { recursive: true, force: true })
  }
}
