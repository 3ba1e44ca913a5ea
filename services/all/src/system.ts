import { createGateway, openKeyRing, takePort } from '@pdf-smaller/gateway'
import { openProjection, ownProjectionFile } from '@pdf-smaller/gateway/projection'
import { openWebhookStores } from '@pdf-smaller/endpoints'
import {
  announce,
  connectNats,
  ensureStreams,
  type Log,
  openJobStore,
  openMetrics,
  openObjects,
} from '@pdf-smaller/platform'
import { openCores, openHostEngines, openTaskHosts, type Service, startWorker } from '@pdf-smaller/worker'
import { startWebhooks } from '@pdf-smaller/webhooks/service'
import { lockDataFolder } from './data-folder.ts'
import { startEmbeddedNats } from './embedded-nats.ts'
import { eventDisk } from './event-disk.ts'
import type { SystemConfig } from './settings.ts'

export type System = {
  /** Where the gateway listens. */
  url: string
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
  const { nats, ...backbone } = await openBackbone(config, log, natsProgram)
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
    catalogue: services.flatMap(({ tasks }) => tasks),
    keys: config.KEYS_FILE ? await openKeyRing(config.KEYS_FILE, log) : undefined,
  })
  const { url } = door
  const sending = await startWebhooks({
    ...shared,
    config: { ...config, PUBLIC_URL: config.PUBLIC_URL ?? url },
  })
  gateway.open()
  await lock.tellRunning(url)

  const presences = ['gateway', 'webhooks'].map((service) => announce(connection, { service, config }))

  const stop = async () => {
    for (const end of presences) end()
    await lock.tellStopping()
    await gateway.close()
    await Promise.all(workers.map((worker) => worker.stop()))
    await sending.stop()
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
  return { url, broken, stop }
}

/** Events and files: what all services share. */
async function openBackbone(config: SystemConfig, log: Log, natsProgram: string) {
  const nats = config.NATS_URL ? undefined : await startEmbeddedNats(natsProgram, config.DATA_DIR, log)
  const settings: SystemConfig = nats ? { ...config, NATS_URL: nats.url, NATS_TOKEN: nats.token } : config
  const connection = await connectNats(settings, log, config.WORKER_NAME)
  const disk = nats ? await eventDisk(config.DATA_DIR) : {}
  // The step that a deployment of single services makes once belongs to the start of all of them, and to each reconnect.
  const prepare = async () => void (await ensureStreams(connection, settings))
  const [store, objects] = await Promise.all([
    openJobStore(connection, { log, disk, prepare }),
    openObjects(settings),
  ])
  const webhooks = await openWebhookStores(connection)
  return { nats, config: settings, metrics: openMetrics(), connection, store, objects, webhooks }
}
