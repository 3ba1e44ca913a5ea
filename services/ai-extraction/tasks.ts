import type { Task } from '@pdf-smaller/worker/task'

/** The tasks of the ai-extraction domain. */
export const tasks: readonly Task[] = []
