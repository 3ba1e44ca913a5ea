import { tasks as aiExtraction } from '@pdf-smaller/ai-extraction/tasks'
import { tasks as compression } from '@pdf-smaller/compression/tasks'
import { tasks as conversion } from '@pdf-smaller/conversion/tasks'
import { tasks as janitor } from '@pdf-smaller/janitor/tasks'
import { tasks as ocr } from '@pdf-smaller/ocr/tasks'
import type { Task } from '@pdf-smaller/task'

/** Every task of every service. Routes, validation and documentation derive from it. */
export const catalogue: readonly Task[] = [...aiExtraction, ...compression, ...conversion, ...janitor, ...ocr]
