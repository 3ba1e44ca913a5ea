import type { Task } from '@pdf-smaller/task'

/** The tasks of the ai-extraction domain. */
export const tasks: readonly Task[] = []
