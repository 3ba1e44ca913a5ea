import path from 'node:path'
import { UsageError } from '../program/exit.ts'
import type { Environment } from './environment.ts'
import { root } from './programs.ts'
import { runningIn } from './running.ts'

/** A busy machine takes its time; where nothing listens, that is known at once. */
const answerMs = 5000

/** Where a system of this machine keeps its data. */
export const dataFolder = (environment: Environment) =>
  path.resolve(root, environment['PDF_SMALLER_DATA_DIR'] || '.data')

export const usualAddress = (environment: Environment) =>
  `http://127.0.0.1:${environment['PDF_SMALLER_PORT'] || 8080}`

/**
 * The address of the service to use: the one named; else the one that runs on this machine, from this folder or at the
 * usual address.
 * @throws UsageError for what is no address
 */
export async function findServer(
  named: string | undefined,
  environment: Environment,
): Promise<string | undefined> {
  const given = named ?? environment['PDF_SMALLER_URL']
  if (given) return checkedAddress(given)
  const running = await runningIn(dataFolder(environment))
  const usual = usualAddress(environment)
  for (const url of running ? [running.url, usual] : [usual]) if (await isService(url)) return url
  return undefined
}

function checkedAddress(given: string): string {
  if (/^https?:\/\/./.test(given) && URL.canParse(given)) return given
  throw new UsageError(`"${given}" is no address; a service has one such as http://127.0.0.1:8080`)
}

/** Whether PDF Smaller answers there, ready or not, and not somebody else. */
async function isService(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(answerMs) })
    return /^\{"status":"(not )?ready"/.test(await answer.text())
  } catch {
    return false
  }
}
