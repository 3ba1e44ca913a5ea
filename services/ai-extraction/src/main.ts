import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { aiExtraction } from './service.ts'
import { aiExtractionSettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(aiExtractionSettings, process.env)
  await runService(aiExtraction(config), config)
})
