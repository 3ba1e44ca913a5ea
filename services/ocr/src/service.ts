import type { Service } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'
import type { OcrConfig } from './settings.ts'

/** The ocr domain as a service, in a process of its own or beside others. */
export function ocr(config: OcrConfig): Service {
  return {
    domain: 'ocr',
    tasks,
    concurrency: config.CONCURRENCY_OCR,
    priority: 'medium',
    engines: ['qpdf', 'poppler', 'ghostscript'],
    tasksModule: new URL('../tasks.ts', import.meta.url),
  }
}
