import type { Service } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'
import type { ConversionConfig } from './settings.ts'

/** The conversion domain as a service, in a process of its own or beside others. */
export function conversion(config: ConversionConfig): Service {
  return {
    domain: 'conversion',
    tasks,
    concurrency: config.CONCURRENCY_CONVERSION,
    priority: 'medium',
    engines: ['qpdf', 'poppler'],
    tasksModule: new URL('../tasks.ts', import.meta.url),
  }
}
