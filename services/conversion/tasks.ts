import type { Task } from '@pdf-smaller/task'
import { convertToImages } from './tasks/convert-to-images/task.ts'
import { merge } from './tasks/merge/task.ts'
import { split } from './tasks/split/task.ts'

/** The tasks of the conversion domain. */
export const tasks: readonly Task[] = [convertToImages, merge, split]
