import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { conversion } from './service.ts'
import { conversionSettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(conversionSettings, process.env)
  await runService(conversion(config), config)
})
