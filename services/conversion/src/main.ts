import { loadConfig } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { conversion } from './service.ts'

const config = loadConfig(process.env)
await runService(conversion(config), config)
