import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureStreams } from '@pdf-smaller/platform'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { until } from '@pdf-smaller/testing/system'

const main = fileURLToPath(new URL('../../services/conversion/src/main.ts', import.meta.url))

let nats: NatsServer
let folder: string
let service: ChildProcess
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-start-'))
  nats = await startNatsServer()
  await ensureStreams(await nats.connect(), { RETRY_PACE: 1 })
  await nats.kill()
})
afterEach(async () => {
  service.kill('SIGKILL')
  await nats.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Starts a service before the event store's server is there. @returns what it has said so far */
function startTooEarly(settings: Record<string, string> = {}): () => string {
  let said = ''
  service = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PDF_SMALLER_NATS_URL: nats.url.replace('//', '//someone:secret-word@'),
      PDF_SMALLER_DATA_DIR: folder,
      ...settings,
    },
  })
  for (const stream of [service.stdout, service.stderr])
    stream?.on('data', (chunk) => {
      said += String(chunk)
    })
  return () => said
}

describe('a service that is started before the event store', () => {
  it('says what it waits for, and works as soon as that is there', async () => {
    const opsPort = await freePort()
    const said = startTooEarly({ PDF_SMALLER_OPS_PORT: String(opsPort) })
    await until('it tells', () => said().includes(`"servers":"${nats.url}"`))
    expect(said()).toContain('nats-server does not answer; trying again')
    await nats.start()
    const ready = () =>
      fetch(`http://127.0.0.1:${opsPort}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    await until('it is ready', ready)
    expect(said()).not.toContain('secret-word')
  })

  it('gives up in time, and says what to do', async () => {
    const said = startTooEarly({ PDF_SMALLER_NATS_WAIT_SECONDS: '1' })
    expect(await once(service, 'exit')).toEqual([1, null])
    expect(said()).toContain('PDF Smaller does not start.')
    expect(said()).toContain(`nats-server at ${nats.url} did not answer for 1 s`)
    expect(said()).toContain('check PDF_SMALLER_NATS_URL')
    expect(said()).not.toContain('secret-word')
  })
})

describe('a service that is started before its streams are made', () => {
  it('says which command makes them', async () => {
    await rm(nats.data, { recursive: true })
    await nats.start()
    const said = startTooEarly()
    expect(await once(service, 'exit')).toEqual([1, null])
    expect(said()).toContain('PDF Smaller does not start.\nthe stream JOBS is not there.')
    expect(said()).toContain('Run "node services/streams/src/main.ts" of this release once')
  })
})
