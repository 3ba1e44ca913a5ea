import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** What the pod of `helm test` runs, with the environment that it gets there. */
async function run(environment: Record<string, string>): Promise<{ code: unknown; output: string }> {
  const script = fileURLToPath(new URL('../../deploy/k8s/files/job.mjs', import.meta.url))
  const child = spawn(process.execPath, [script], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, output }
}

let system: RunningSystem
beforeAll(async () => {
  system = await startSystemProcess()
})
afterAll(() => system.close())

it('a real job is done', async () => {
  const { code, output } = await run({ GATEWAY_URL: system.url })
  expect(code, output).toBe(0)
  expect(output).toMatch(/is completed: \d+ bytes of PDF/)
})

it('fails where there is no gateway', async () => {
  const { code, output } = await run({ GATEWAY_URL: `http://127.0.0.1:${await freePort()}` })
  expect(code, output).toBe(1)
})
