import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes, NoServiceError } from '../program/exit.ts'
import { diesWithParent } from './embedded.ts'
import type { Environment } from './environment.ts'
import { root, systemProgram } from './programs.ts'
import { isAlive, runningIn } from './running.ts'

const lookEveryMs = 100

/** Runs the system until it ends or is interrupted. @returns the exit code */
export async function startInForeground(environment: Environment, signal: AbortSignal): Promise<number> {
  const [program, ...args] = diesWithParent(process.execPath, systemProgram)
  // Ctrl-C reaches this command alone, which hands it on once: a second one would mean to hurry.
  const child = spawn(program, args, {
    cwd: root,
    env: { ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const [code]: unknown[] = await once(child, 'exit')
  return signal.aborted || code === 0 ? exitCodes.done : exitCodes.unreachable
}

export type Started = { url: string; pid: number; log: string }

/**
 * Starts the system for good, and waits until it is ready.
 * @throws NoServiceError with its last words
 */
export async function startInBackground(
  data: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Started> {
  mkdirSync(data, { recursive: true })
  const log = path.join(data, 'system.log')
  const file = openSync(log, 'w', 0o600)
  const child = spawn(process.execPath, [systemProgram], {
    cwd: root,
    env: { ...environment, PDF_SMALLER_DATA_DIR: data },
    stdio: ['ignore', file, file],
    detached: true,
  })
  closeSync(file)
  for (;;) {
    const running = await runningIn(data)
    if (running?.pid === child.pid && running) {
      child.unref()
      return { ...running, log }
    }
    if (child.exitCode !== null || child.signalCode !== null)
      throw new NoServiceError(`the system could not be started:\n${(await readFile(log, 'utf8')).trim()}`)
    if (signal.aborted) child.kill('SIGTERM')
    signal.throwIfAborted()
    await sleep(lookEveryMs)
  }
}

/** Ends a process and waits until it is gone. @throws the reason of the signal */
export async function endProcess(pid: number, signal: AbortSignal): Promise<void> {
  process.kill(pid, 'SIGTERM')
  while (isAlive(pid)) await sleep(lookEveryMs, undefined, { signal })
}
