import { loadConfig, onShutdown, openLog, startOrTell, startTraces } from '@pdf-smaller/platform'
import { provideNatsServer } from '../../../scripts/provision/nats-server.ts'
import { firstSteps } from './first-steps.ts'
import { services } from './services.ts'
import { systemSettings } from './settings.ts'
import { startSystem } from './system.ts'

await startOrTell(async () => {
  const config = loadConfig(systemSettings, process.env)
  const log = openLog(config, 'pdf-smaller')
  const endTraces = await startTraces(
    { service: 'pdf-smaller', instance: config.WORKER_NAME },
    process.env,
    log,
  )
  const program = config.NATS_SERVER ?? (await provideNatsServer())
  const system = await startSystem(config, log, services(config), program)
  onShutdown(log, async () => {
    await system.stop()
    await endTraces()
  })
  process.stdout.write(firstSteps(system.url, system.natsUrl))
  void system.broken.then((why) => {
    log.fatal(why)
    process.exit(1)
  })
})
