import type { Task } from '@pdf-smaller/worker/task'
import { extractText } from './tasks/extract-text/task.ts'

/** The tasks of the ocr domain. */
export const tasks: readonly Task[] = [extractText]
