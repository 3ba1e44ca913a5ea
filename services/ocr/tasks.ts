import type { Task } from '@pdf-smaller/task'
import { ocr } from './tasks/ocr/task.ts'
import { extractText } from './tasks/extract-text/task.ts'

/** The tasks of the ocr domain. */
export const tasks: readonly Task[] = [ocr, extractText]
