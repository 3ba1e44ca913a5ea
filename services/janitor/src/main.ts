import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { janitor } from './service.ts'
import { janitorSettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(janitorSettings, process.env)
  await runService(janitor(config), config)
})
