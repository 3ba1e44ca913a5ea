import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { NoServiceError } from '../program/exit.ts'
import type { Environment } from './environment.ts'
import { setUpProgram } from './programs.ts'

/**
 * Fetches what the whole system needs and is not there: engines, the event store's server. It tells on stderr what it does.
 * @throws NoServiceError where that does not succeed; the reason of the signal
 */
export async function setUp(environment: Environment, signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [setUpProgram], {
    env: { ...environment },
    stdio: ['ignore', 2, 2],
  })
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const [code]: unknown[] = await once(child, 'exit')
  signal.removeEventListener('abort', end)
  signal.throwIfAborted()
  if (code !== 0) throw new NoServiceError('the system cannot be set up; see pdf-smaller doctor')
}
