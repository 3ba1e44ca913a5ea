import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Environment, runningIn, startEmbedded } from './embedded.ts'
import { NoServiceError, UsageError } from './exit.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What `/readyz` answers, ready or not. */
const Readiness = z.object({ status: z.enum(['ready', 'not ready']) })

const answerMs = 1000

/** A service to use; `stop` ends it where this command has started it. */
export type Server = { url: string; stop: () => Promise<void> }

/**
 * The service to use: the one named; else the one that runs on this machine, from this folder or at the usual address;
 * else, where `start` is given, one of our own for as long as this command runs.
 * @throws UsageError, NoServiceError; the reason of the signal
 */
export async function findServer(
  named: string | undefined,
  environment: Environment,
  start?: { signal: AbortSignal },
): Promise<Server> {
  const stop = async () => {}
  const given = named ?? environment['PDF_SMALLER_URL']
  if (given) {
    if (!z.url({ protocol: /^https?$/ }).safeParse(given).success)
      throw new UsageError(`"${given}" is no address; a service has one such as http://127.0.0.1:8080`)
    return { url: given, stop }
  }
  const data = path.resolve(root, environment['PDF_SMALLER_DATA_DIR'] || '.data')
  const running = await runningIn(data)
  const usual = `http://127.0.0.1:${environment['PDF_SMALLER_PORT'] || 8080}`
  for (const url of running ? [running.url, usual] : [usual]) if (await isService(url)) return { url, stop }
  if (start) return startEmbedded(root, data, environment, start.signal)
  throw new NoServiceError(
    `no service runs here: none answers at ${usual}. Start one with npm start, or name one with --server.`,
  )
}

/** Whether PDF Smaller answers there, and not somebody else. */
async function isService(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(answerMs) })
    return Readiness.safeParse(await answer.json()).success
  } catch {
    return false
  }
}
