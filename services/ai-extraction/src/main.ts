import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { aiExtraction } from './service.ts'

await startOrTell(async () => {
  const config = loadConfig(process.env)
  await runService(aiExtraction(config), config)
})
