import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { janitor } from './service.ts'

await startOrTell(async () => {
  const config = loadConfig(process.env)
  await runService(janitor(config), config)
})
