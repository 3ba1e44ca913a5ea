import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { ocr } from './service.ts'
import { ocrSettings } from './settings.ts'

await startOrTell(async () => {
  const config = loadConfig(ocrSettings, process.env)
  await runService(ocr(config), config)
})
