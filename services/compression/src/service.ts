import type { Service } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'
import type { CompressionConfig } from './settings.ts'

/** The compression domain as a service, in a process of its own or beside others. */
export function compression(config: CompressionConfig): Service {
  return {
    domain: 'compression',
    tasks,
    concurrency: config.CONCURRENCY_COMPRESSION,
    priority: 'high',
    engines: ['qpdf', 'poppler', 'ghostscript'],
    tasksModule: new URL('../tasks.ts', import.meta.url),
  }
}
