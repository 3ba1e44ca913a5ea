import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureStreams } from '@pdf-smaller/platform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'

const program = (service: string) =>
  fileURLToPath(new URL(`../../services/${service}/src/main.ts`, import.meta.url))

function start(service: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, [program(service)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: process.env['HOME'],
      XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'],
      ...settings,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  return { child, said: () => said }
}

async function submitted(url: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob(['%PDF-1.7\nnothing more'], { type: 'application/pdf' }), 'a.pdf')
  const answer = await fetch(`${url}/api/jobs/compress`, { method: 'POST', body: form })
  expect(answer.status).toBe(202)
  return answer.headers.get('location') ?? ''
}

describe('a system that is started twice', () => {
  let system: RunningSystem
  beforeAll(async () => {
    system = await startSystemProcess()
  })
  afterAll(() => system.close())

  it('says who has the data folder, and leaves that one at work', async () => {
    const port = String(await freePort())
    const second = start('all', { PDF_SMALLER_DATA_DIR: system.folder, PDF_SMALLER_PORT: port })
    expect(await once(second.child, 'exit')).toEqual([4, null])
    expect(second.said()).toMatch(/A PDF Smaller runs already in .*: process \d+ on .*, started 20/)
    expect(second.said()).toContain(system.url)
    expect(second.said()).toContain('PDF_SMALLER_DATA_DIR')
    await submitted(system.url)
  })

  it('does not touch a data folder when the port is taken', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-port-'))
    const port = new URL(system.url).port
    const second = start('all', { PDF_SMALLER_DATA_DIR: folder, PDF_SMALLER_PORT: port })
    expect(await once(second.child, 'exit')).toEqual([4, null])
    expect(second.said()).toContain(`Port ${port} of 127.0.0.1 is taken`)
    expect((await readdir(folder)).filter((name) => !name.startsWith('system.'))).toEqual([])
    await rm(folder, { recursive: true })
    await submitted(system.url)
  })

  it('takes one Ctrl-C for one, though npm hands it on a second time', async () => {
    expect(await system.end('SIGINT', true)).toBe(0)
    expect(system.log()).not.toContain('second signal')
    await system.start()
    await submitted(system.url)
  })
})

describe('two gateways on one data folder', () => {
  let nats: NatsServer
  let folder: string
  const gateways: ReturnType<typeof start>[] = []
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-gateways-'))
    nats = await startNatsServer()
    await ensureStreams(await nats.connect(), { RETRY_PACE: 1 })
  })
  afterAll(async () => {
    for (const { child } of gateways) {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    await nats.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('have a projection each, and find all jobs', async () => {
    const urls = await Promise.all(
      [1, 2].map(async () => {
        const port = await freePort()
        const gateway = start('gateway', {
          PDF_SMALLER_DATA_DIR: folder,
          PDF_SMALLER_NATS_URL: nats.url,
          PDF_SMALLER_PORT: String(port),
          PDF_SMALLER_LOG_FORMAT: 'json',
        })
        gateways.push(gateway)
        await until('it listens', () => gateway.said().includes('gateway listens'))
        return `http://127.0.0.1:${port}`
      }),
    )
    const job = await submitted(urls[0] ?? '')
    for (const url of urls) {
      const answer = await fetch(new URL(new URL(job, url).pathname, url))
      expect(answer.status).toBe(200)
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.sqlite')).sort()).toEqual([
      'projection-2.sqlite',
      'projection.sqlite',
    ])
  })
})
