import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Consumer, jetstream, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import {
  connectNats,
  ensureStreams,
  type Integrator,
  type Integrators,
  loadConfig,
  openIntegrators,
  openLog,
} from '@pdf-smaller/platform'
import { provideNatsServer } from '../../../scripts/provision/nats-server.ts'
import { type EmbeddedNats, startEmbeddedNats } from '../src/nats/embedded.ts'

/** An event store as the embedded system has it, with a connection of the services. */
export type Events = {
  nats: EmbeddedNats
  services: NatsConnection
  manager: JetStreamManager
  integrators: Integrators
  /** Stores an event of a job. @returns its sequence */
  store: (subject: string) => Promise<number>
  stop: () => Promise<void>
}

export const newFolder = () => mkdtemp(path.join(tmpdir(), 'pdf-smaller-embedded-'))
export const remove = (folder: string) => rm(folder, { recursive: true, force: true })

/** @param port `kept` stays the same for a folder; 0 is any */
export async function openEvents(
  folder: string,
  { version, port = 0 }: { version?: string; port?: number | 'kept' } = {},
): Promise<Events> {
  const config = loadConfig({}, { PDF_SMALLER_LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent' })
  const log = openLog(config, 'test')
  const program = await provideNatsServer(version)
  const nats = await startEmbeddedNats(
    program,
    folder,
    { host: '127.0.0.1', port: port === 'kept' ? undefined : port },
    log,
  )
  const { url, user, password } = nats
  const shown = { ...config, NATS_URL: url, NATS_USER: user, NATS_PASSWORD: password }
  const services = await connectNats(shown, log, 'test')
  await ensureStreams(services, { RETRY_PACE: 1 })
  const integrators = openIntegrators(services, { servers: [nats.toldUrl], accounts: nats.accounts })
  await integrators.reconcile()
  return {
    nats,
    services,
    manager: await jetstreamManager(services),
    integrators,
    store: async (subject) => (await jetstream(services).publish(subject, '{}')).seq,
    stop: async () => {
      await services.close()
      await nats.stop()
    },
  }
}

export type Let = { integrator: Integrator; password: string }

/** Lets one in to all events of its tenant. */
export async function letIn({ integrators }: Events, tenant: string, name: string): Promise<Let> {
  const subjects = [`pdf.${tenant}.>`]
  const wanted = { tenant, name, subjects, startsAt: 1, filters: {}, createdBy: 'test', request: undefined }
  const made = await integrators.create(wanted, 100)
  if (made.kind !== 'made') throw new Error(`there is one of the name ${name}`)
  return made
}

/** Connects as the documentation tells an integrator to. */
export function connectAs(
  { nats }: Pick<Events, 'nats'>,
  { integrator: { consumer }, password }: Let,
): Promise<NatsConnection> {
  return connect({
    servers: nats.toldUrl,
    user: consumer,
    pass: password,
    inboxPrefix: `_INBOX_${consumer}`,
    reconnectTimeWait: 20,
    maxReconnectAttempts: -1,
  })
}

export const consumerOver = (connection: NatsConnection, { integrator }: Let): Promise<Consumer> =>
  jetstream(connection).consumers.get('JOBS', integrator.consumer)
