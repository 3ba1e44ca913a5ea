import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { channels } from '@pdf-smaller/contracts'
import { ensureStreams, loadConfig, openJobStore, openLog } from '@pdf-smaller/platform'
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { nanos, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { services } from '@pdf-smaller/all/services'
import { systemSettings } from '@pdf-smaller/all/settings'

const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')
const program = fileURLToPath(new URL('main.ts', import.meta.url))

const usual = { RETRY_PACE: 1 }

let server: NatsServer
let connection: NatsConnection
let manager: JetStreamManager
beforeAll(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  manager = await jetstreamManager(connection)
})
afterAll(() => server.stop())

/** Runs the command with the settings of the event store alone. @returns how it ended and what it said */
async function runStep(): Promise<{ code: unknown; said: string }> {
  const env = { PATH: process.env['PATH'], PDF_SMALLER_NATS_URL: server.url }
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'], env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, said }
}

describe('the step that makes the streams', () => {
  it('makes all that the table of channels tells of, and what a service needs', async () => {
    await expect(openJobStore(connection, { log })).rejects.toThrow(
      'the stream JOBS is not there. Run "node services/streams/src/main.ts" of this release once',
    )
    const { code, said } = await runStep()
    expect(code).toBe(0)
    expect(said).toContain('the streams are as this release needs them')
    for (const { stream, subjects, storage, keptSeconds = 0, consumers } of channels.filter(
      ({ madeBy }) => madeBy === 'step',
    )) {
      const { config } = await manager.streams.info(stream)
      expect(config).toMatchObject({ subjects, storage, max_age: nanos(keptSeconds * 1000), num_replicas: 1 })
      for (const { name, filters } of consumers)
        expect((await manager.consumers.info(stream, name)).config.filter_subjects).toEqual(filters)
    }
    const store = await openJobStore(connection, { log })
    expect(await store.room()).toBe('open')
    store.close()
  })

  it('gives existing streams the settings that it is told, and keeps them when it is told none', async () => {
    await Promise.all([1, 2].map(() => ensureStreams(connection, { ...usual, EVENT_RETENTION_DAYS: 500 })))
    await ensureStreams(connection, usual)
    expect((await manager.streams.info('JOBS')).config.max_age).toBe(nanos(500 * 86_400_000))
    expect((await manager.streams.info('PROGRESS')).config.max_age).toBe(nanos(3_600_000))
  })

  it('says in words what the server does not take', async () => {
    await expect(ensureStreams(connection, { ...usual, NATS_REPLICAS: 3 })).rejects.toThrow(
      /^the event store refuses the settings of the stream \w+: .*replicas/,
    )
  })

  it('says in words that a newer release has been there', async () => {
    const { config } = await manager.streams.info('JOBS')
    const newer = { ...config.metadata, 'layout.version': '900', 'layout.serves': '900' }
    await manager.streams.update('JOBS', { ...config, metadata: newer })
    const { code, said } = await runStep()
    expect(code).toBe(1)
    expect(said).toMatch(/the stream JOBS is of layout 900, made by a newer release.*Nothing was changed/)
    await expect(openJobStore(connection, { log })).rejects.toThrow(/Update this service/)
  })
})

it('every service has its consumer in the table of channels', () => {
  const known = channels.flatMap(({ consumers }) => consumers.map(({ name }) => name))
  for (const { domain } of services(loadConfig(systemSettings, {}))) expect(known).toContain(domain)
})
