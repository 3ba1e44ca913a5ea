import path from 'node:path'
import {
  announce,
  connectNats,
  loadConfig,
  onShutdown,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
  startOrTell,
} from '@pdf-smaller/platform'
import { openKeyRing } from './access/key-ring.ts'
import { catalogue } from './catalogue.ts'
import { createGateway } from './gateway.ts'
import { openProjection } from './projection/open.ts'

await startOrTell(async () => {
  const config = loadConfig(process.env)
  const log = openLog(config, 'gateway')
  const metrics = openMetrics()
  const keys = config.KEYS_FILE ? await openKeyRing(config.KEYS_FILE, log) : undefined
  const connection = await connectNats(config, log, config.WORKER_NAME)
  const [store, objects] = [await openJobStore(connection, config), await openObjects(config)]
  const file = path.join(config.DATA_DIR, 'projection.sqlite')
  const projection = await openProjection({ connection, store, file, log, metrics })
  const gateway = await createGateway({ config, log, metrics, store, projection, objects, catalogue, keys })
  log.info({ url: await gateway.listen() }, 'gateway listens')
  const endPresence = announce(connection, { service: 'gateway', config })
  onShutdown(log, async () => {
    endPresence()
    await gateway.close()
    await projection.close()
    await objects.close()
    await connection.drain()
  })
})
