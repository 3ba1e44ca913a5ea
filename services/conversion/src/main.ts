import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { conversion } from './service.ts'

await startOrTell(async () => {
  const config = loadConfig(process.env)
  await runService(conversion(config), config)
})
