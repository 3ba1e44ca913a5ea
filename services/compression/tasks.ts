import type { Task } from '@pdf-smaller/task'
import { bulkCompress } from './tasks/bulk-compress/task.ts'
import { compress } from './tasks/compress/task.ts'

/** The tasks of the compression domain. */
export const tasks: readonly Task[] = [compress, bulkCompress]
