import { loadConfig, startOrTell } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { ocr } from './service.ts'

await startOrTell(async () => {
  const config = loadConfig(process.env)
  await runService(ocr(config), config)
})
