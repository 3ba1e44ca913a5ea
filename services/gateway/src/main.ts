import { openWebhookStores } from '@pdf-smaller/endpoints'
import { sweepWorkspaces } from '@pdf-smaller/hosts'
import {
  announce,
  connectNats,
  loadConfig,
  onShutdown,
  openIntegrators,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
  startOrTell,
  startTraces,
  toldServers,
  workFolder,
} from '@pdf-smaller/platform'
import { openKeyRing } from './access/key-ring.ts'
import { catalogue } from './catalogue.ts'
import { createGateway } from './gateway.ts'
import { takePort } from './http/front-door.ts'
import { ownProjectionFile } from './projection/own-file.ts'
import { openProjection } from './projection/open.ts'
import { gatewaySettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(gatewaySettings, process.env)
  const log = openLog(config, 'gateway')
  const teller = { service: 'pdf-smaller-gateway', instance: config.WORKER_NAME }
  const endTraces = await startTraces(teller, process.env, log)
  const metrics = openMetrics()
  const keys = config.KEYS_FILE ? await openKeyRing(config.KEYS_FILE, log) : undefined
  const door = await takePort(config)
  await sweepWorkspaces(workFolder(config), new Date())
  const own = await ownProjectionFile(config.DATA_DIR)
  const connection = await connectNats(config, log, config.WORKER_NAME)
  const [store, objects] = [await openJobStore(connection, { log }), await openObjects(config)]
  const webhooks = await openWebhookStores(connection)
  const projection = await openProjection({ connection, store, file: own.file, log, metrics })
  const gateway = await createGateway({
    config,
    door,
    log,
    metrics,
    store,
    projection,
    objects,
    integrators: openIntegrators(connection, { servers: toldServers(config) }),
    webhooks,
    catalogue,
    keys,
  })
  gateway.open()
  log.info({ url: door.url }, 'gateway listens')
  const endPresence = announce(connection, { service: 'gateway', config })
  onShutdown(log, async () => {
    endPresence()
    await gateway.close()
    await projection.close()
    await own.release()
    await objects.close()
    await connection.drain()
    await endTraces()
  })
})
