import { loadConfig } from '@pdf-smaller/platform'
import { runService } from '@pdf-smaller/worker'
import { compression } from './service.ts'

const config = loadConfig(process.env)
await runService(compression(config), config)
