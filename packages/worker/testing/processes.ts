import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Harness } from './harness.ts'

/** A worker in a process of its own, over the stores of a harness. */
export function forkWorker({ config, server }: Harness): ChildProcess {
  return fork(new URL('process.ts', import.meta.url), {
    env: {
      PATH: process.env['PATH'],
      PDF_SMALLER_DATA_DIR: config.DATA_DIR,
      PDF_SMALLER_NATS_URL: server.url,
      PDF_SMALLER_RETRY_PACE: String(config.RETRY_PACE),
      PDF_SMALLER_LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      PDF_SMALLER_STORAGE_DURABLE: 'false',
      PDF_SMALLER_SANDBOX: 'off',
    },
    execArgv: [],
  })
}

/** Resolves when the worker takes jobs. */
export async function startedWorker(harness: Harness): Promise<ChildProcess> {
  const child = forkWorker(harness)
  await once(child, 'message')
  return child
}

/** The numbers that a task has noted, a line each; none where there is no such file. */
export async function pidsIn(file: string): Promise<number[]> {
  const noted = await readFile(file, 'utf8').catch(() => '')
  return noted.split('\n').filter(Boolean).map(Number)
}

/** A process that nobody has waited for yet is a zombie (Z), not alive. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '0 () Z')
  return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z'
}
