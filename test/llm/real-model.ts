import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { findProgram } from '../../scripts/provision/find-program.ts'
import type { SmallModel } from '../../scripts/provision/small-model.ts'

/** A real model on a real server, in a process of its own. */
export type RealModel = { url: string; stop: () => Promise<void> }

const startMs = 120_000

/** @throws Error where it does not start, with its last words */
export async function startRealModel(
  { modules, file }: SmallModel,
  contextTokens: number,
): Promise<RealModel> {
  const python = findProgram('python3')
  if (!python) throw new Error('there is no python3')
  const script = path.join(import.meta.dirname, 'serve.py')
  const child = spawn(python, [script, file, String(contextTokens)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONPATH: modules },
  })
  let words = ''
  child.stderr.on('data', (chunk) => (words = (words + String(chunk)).slice(-2000)))
  const exited = once(child, 'exit')
  const line = once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(startMs) })
  const first: unknown[] = await Promise.race([line, exited.then(() => [])])
  const [address] = first
  if (typeof address !== 'string') throw new Error(`the server of the model did not start:\n${words}`)
  return {
    url: `${address}/v1`,
    stop: async () => {
      child.stdin.end()
      // It may be in the middle of an answer that nobody waits for.
      child.kill('SIGKILL')
      await exited
    },
  }
}
