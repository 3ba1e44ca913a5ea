import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NatsConnection } from '@nats-io/transport-node'
import type { ObjectStore } from '@pdf-smaller/object-store'
import {
  connectNats,
  ensureStreams,
  exportsOfServices,
  type JobStore,
  loadConfig,
  openJobStore,
  openLog,
  openObjects,
} from '@pdf-smaller/platform'
import { streamSettings } from '@pdf-smaller/platform/settings'
import { freePorts } from '@pdf-smaller/testing/free-ports'
import { startNatsServer } from '@pdf-smaller/testing/nats/server'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import { storageSettings } from '@pdf-smaller/testing/object-servers/server'
import { processesNaming } from '@pdf-smaller/testing/system'
import { type Member, member, root } from './fleet.ts'
import type { Victim } from './kills.ts'

export type System = {
  /** Those of the gateways. */
  urls: string[]
  members: Member[]
  /** Those that do the work of the members: as likely to be killed as two of these. */
  hosts: Victim[]
  /** Those of events and files. */
  servers: Victim[]
  connection: NatsConnection
  store: JobStore
  objects: ObjectStore
  folder: string
  /** Those of all services. */
  settings: Record<string, string>
  /** Has the server of events know an account, where that can be done. */
  letIn?: ((account: string) => Promise<void>) | undefined
}

type Events = Pick<System, 'letIn'> & { url: string; victims: Victim[]; stop: () => Promise<void> }

export type SystemOptions = {
  over?: Record<string, string>
  /** Starts the servers of events; one that stands alone where it is left out. */
  startEvents?: () => Promise<Events>
  /** That of another release, whose services are started. */
  checkout?: string
}

/**
 * Starts every service apart from the others, two of each; in a shared directory one gateway only, for its projection is
 * there too. What was started is ended with `ends`, even where this fails half-way.
 */
export async function startSystem(
  storage: string,
  ends: AsyncDisposableStack,
  { over = {}, startEvents = startOne, checkout }: SystemOptions = {},
): Promise<System> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-soak-'))
  ends.defer(() => rm(folder, { recursive: true, force: true }))
  await writeFile(path.join(folder, 'webhooks.secret'), randomUUID())
  const nats = await startEvents()
  ends.defer(nats.stop)
  const servers = nats.victims
  const s3 = storage === 'minio' ? await startMinio() : undefined
  if (s3) ends.defer(s3.stop)
  if (s3?.kill && s3.start) servers.push({ name: 'minio', kill: s3.kill, start: s3.start })
  const settings = {
    PDF_SMALLER_NATS_URL: nats.url,
    PDF_SMALLER_LOG_LEVEL: process.env['SOAK_LOG_LEVEL'] ?? 'silent',
    PDF_SMALLER_RETRY_PACE: '0.1',
    PDF_SMALLER_STORAGE_DURABLE: 'false',
    PDF_SMALLER_CHECK_ANSWERS: 'true',
    // Whoever stops the soak does not wait for its jobs.
    PDF_SMALLER_DRAIN_SECONDS: '5',
    // A gateway that is killed leaves files that are to go soon.
    PDF_SMALLER_UPLOAD_SECONDS: '10',
    PDF_SMALLER_UPLOAD_GRACE_SECONDS: '1',
    PDF_SMALLER_DATA_DIR: folder,
    PDF_SMALLER_WEBHOOK_NETWORKS: '127.0.0.0/8',
    PDF_SMALLER_WEBHOOK_KEY_FILE: path.join(folder, 'webhooks.secret'),
    ...(s3 ? storageSettings(s3, `soak-${randomUUID()}`) : {}),
    ...over,
  }
  const ports = await freePorts(s3 ? 2 : 1)
  const config = loadConfig(streamSettings, settings)
  const log = openLog(config, 'soak')
  const connection = await connectNats(config, log, 'soak')
  ends.defer(() => connection.close())
  await ensureStreams(connection, config)
  const members = startMembers(ports, settings, { apart: s3 ? folder : undefined, checkout })
  ends.defer(async () => void (await Promise.all(members.map((each) => each.stop()))))
  const store = await openJobStore(connection, { log })
  const objects = await openObjects(config)
  ends.defer(() => objects.close())
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const host = { name: 'task host', kill: () => killHost(folder) }
  const { letIn } = nats
  const hosts = [host, host]
  return { urls, members, hosts, servers, connection, store, objects, folder, settings, letIn }
}

/** Kills one of the processes that work on jobs, if there is one. */
async function killHost(folder: string): Promise<void> {
  const hosts = (await processesNaming(folder)).filter((each) => each.includes('host/main.ts'))
  const pid = Number.parseInt(hosts[Math.floor(Math.random() * hosts.length)] ?? '')
  try {
    if (pid) process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

async function startOne(): Promise<Events> {
  const nats = await startNatsServer({ more: withAccounts() })
  const letIn = async (account: string) => {
    await nats.kill('SIGTERM')
    await nats.configure(withAccounts(account))
    await nats.start()
  }
  return { url: nats.url, victims: [{ name: 'nats-server', ...nats }], stop: nats.stop, letIn }
}

/** Services need no password; others have accounts of their own. */
function withAccounts(others = ''): string {
  const own = `{ jetstream: enabled, users: [ { user: services, password: services } ]\n${exportsOfServices()} }`
  return `accounts {\n  SERVICES: ${own}\n${others}\n}\nno_auth_user: services\n`
}

const services = ['ai-extraction', 'compression', 'conversion', 'ocr', 'janitor', 'webhooks']

/** @param apart where each gateway gets a folder of its own */
function startMembers(
  ports: readonly number[],
  settings: Record<string, string>,
  { apart, checkout }: { apart: string | undefined; checkout: string | undefined },
): Member[] {
  const gateways = ports.map((port, n) => {
    const own = apart ? { PDF_SMALLER_DATA_DIR: path.join(apart, `gateway-${n}`) } : {}
    return member(
      'gateway',
      `gateway-${n}`,
      { ...settings, PDF_SMALLER_PORT: String(port), ...own },
      checkout,
    )
  })
  const workers = services
    // The release before may have had fewer.
    .filter((service) => existsSync(path.join(checkout ?? root, 'services', service)))
    .flatMap((service) => {
      // A receiver that is killed 50 times is not to be waited for as one that was away for hours.
      const own = service === 'webhooks' ? { ...settings, PDF_SMALLER_RETRY_PACE: '0.001' } : settings
      return [0, 1].map((n) => member(service, `${service}-${n}`, own, checkout))
    })
  return [...gateways, ...workers]
}
