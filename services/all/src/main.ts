import { ConfigError, loadConfig, onShutdown, openLog } from '@pdf-smaller/platform'
import { provideNatsServer } from '../../../scripts/provision/nats-server.ts'
import { firstSteps } from './first-steps.ts'
import { services } from './services.ts'
import { startSystem } from './system.ts'

try {
  const config = loadConfig(process.env)
  const log = openLog(config, 'pdf-smaller')
  const program = config.NATS_SERVER ?? (await provideNatsServer())
  const system = await startSystem(config, log, services(config), program)
  onShutdown(log, system.stop)
  process.stdout.write(firstSteps(system.url))
  void system.broken.then((why) => {
    log.fatal(why)
    process.exit(1)
  })
} catch (error) {
  process.stderr.write(
    `PDF Smaller does not start.\n${error instanceof ConfigError ? error.message : String(error)}\n`,
  )
  process.exit(1)
}
