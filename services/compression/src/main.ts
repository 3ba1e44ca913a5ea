import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { compression } from './service.ts'
import { compressionSettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(compressionSettings, process.env)
  await runService(compression(config), config)
})
