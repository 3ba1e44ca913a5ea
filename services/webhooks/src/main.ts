import {
  announce,
  connectNats,
  inTime,
  loadConfig,
  onShutdown,
  openJobStore,
  openLog,
  openMetrics,
  readinessPatienceMs,
  startOpsServer,
  startOrTell,
} from '@pdf-smaller/platform'
import { startWebhooks } from './service.ts'
import { webhooksSettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(webhooksSettings, process.env)
  const log = openLog(config, 'webhooks')
  const metrics = openMetrics()
  const connection = await connectNats(config, log, config.WORKER_NAME)
  const store = await openJobStore(connection, { log })
  const webhooks = await startWebhooks({ config, connection, store, log, metrics })
  const endPresence = announce(connection, { service: 'webhooks', config })
  const closeOps =
    config.OPS_PORT === undefined
      ? undefined
      : await startOpsServer({ host: config.HOST, port: config.OPS_PORT }, metrics, async () =>
          inTime(store.room(), readinessPatienceMs).then(
            () => ({}),
            (error: unknown) => ({ events: error instanceof Error ? error.message : String(error) }),
          ),
        )
  log.info('webhooks are sent')
  onShutdown(log, async () => {
    endPresence()
    await webhooks.stop()
    await closeOps?.()
    await connection.drain()
  })
})
