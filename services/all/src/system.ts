import { createGateway, openKeyRing, takePort } from '@pdf-smaller/gateway'
import { openProjection, ownProjectionFile } from '@pdf-smaller/gateway/projection'
import { openWebhookStores } from '@pdf-smaller/endpoints'
import {
  announce,
  connectNats,
  ensureStreams,
  type Log,
  openIntegrators,
  openJobStore,
  openMetrics,
  openObjects,
  toldServers,
} from '@pdf-smaller/platform'
import { openCores, openHostEngines, openTaskHosts, type Service, startWorker } from '@pdf-smaller/worker'
import { lockDataFolder } from './data-folder.ts'
import { eventDisk } from './nats/disk.ts'
import { type EmbeddedNats, startEmbeddedNats } from './nats/embedded.ts'
import type { SystemConfig } from './settings.ts'

export type System = {
  /** Where the gateway listens. */
  url: string
  /** Where integrators reach the event store. */
  natsUrl: string
  /** Resolves with the reason when a part that the others need has ended by itself. */
  broken: Promise<string>
  stop: () => Promise<void>
}

/**
 * Runs every service in this process, with an event store's server of its own unless the settings name one.
 * The services are the same as when each runs alone; only the wiring differs.
 * @throws AlreadyRuns before anything in the data folder is touched
 */
export async function startSystem(
  config: SystemConfig,
  log: Log,
  services: readonly Service[],
  natsProgram: string,
): Promise<System> {
  const lock = await lockDataFolder(config.DATA_DIR)
  const door = await takePort(config).catch(async (error: unknown) => {
    await lock.release()
    throw error
  })
  const { nats, integrators, ...backbone } = await openBackbone(config, log, natsProgram, services)
  const { connection, objects } = backbone
  const cores = openCores(config.CORES)
  const taskHosts = openTaskHosts(config, log)
  const shared = { ...backbone, log, cores, taskHosts, hostEngines: openHostEngines(config, cores) }
  const own = await ownProjectionFile(config.DATA_DIR)
  const [projection, workers] = await Promise.all([
    openProjection({ ...shared, file: own.file }),
    Promise.all(services.map((service) => startWorker({ ...shared, ...service }))),
  ])
  const gateway = await createGateway({
    ...shared,
    door,
    projection,
    integrators,
    catalogue: services.flatMap(({ tasks }) => tasks),
    keys: config.KEYS_FILE ? await openKeyRing(config.KEYS_FILE, log) : undefined,
  })
  const { url } = door
  gateway.open()
  await lock.tellRunning(url)

  const endPresence = announce(connection, { service: 'gateway', config })

  const stop = async () => {
    endPresence()
    await lock.tellStopping()
    await gateway.close()
    await Promise.all(workers.map((worker) => worker.stop()))
    await taskHosts.stop()
    await projection.close()
    await own.release()
    await objects.close()
    await connection.close()
    await nats?.stop()
    await lock.release()
  }
  const broken = nats
    ? nats.ended.then((words) => `the event store's server goes on ending: ${words}`)
    : new Promise<never>(() => {})
  return { url, natsUrl: integrators.servers.join(','), broken, stop }
}

/** Events and files: what all services share. */
async function openBackbone(
  config: SystemConfig,
  log: Log,
  natsProgram: string,
  services: readonly Service[],
) {
  const { NATS_URL, NATS_HOST: host, NATS_PORT: port, DATA_DIR, NATS_PUBLIC_URL } = config
  const nats = NATS_URL ? undefined : await startEmbeddedNats(natsProgram, DATA_DIR, { host, port }, log)
  const settings: SystemConfig = nats ? { ...config, ...shownTo(nats) } : config
  const connection = await connectNats(settings, log, config.WORKER_NAME)
  const disk = nats ? await eventDisk(DATA_DIR) : {}
  // The step that a deployment of single services makes once belongs to the start of all of them, and to each reconnect.
  const domains = services.map(({ domain }) => domain)
  const prepare = async () => void (await ensureStreams(connection, settings, domains))
  const [store, objects] = await Promise.all([
    openJobStore(connection, { log, disk, prepare }),
    openObjects(settings),
  ])
  const servers = toldServers({ NATS_URL: nats?.toldUrl ?? NATS_URL, NATS_PUBLIC_URL })
  const integrators = openIntegrators(connection, { servers, accounts: nats?.accounts })
  // Whoever was let in or cut off while this process was killed.
  await integrators.reconcile()
  const webhooks = await openWebhookStores(connection)
  return { nats, config: settings, metrics: openMetrics(), connection, store, objects, integrators, webhooks }
}

/** A server of its own is shown nothing else, whatever the settings say of another one. */
function shownTo({ url, user, password }: EmbeddedNats) {
  return {
    NATS_URL: url,
    NATS_USER: user,
    NATS_PASSWORD: password,
    NATS_TOKEN: undefined,
    NATS_NKEY_FILE: undefined,
    NATS_CREDENTIALS_FILE: undefined,
  }
}
