import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'

const Tasks = z.object({ tasks: z.array(z.custom<Task>((task) => typeof task === 'object')) })

/** The tasks that a module lists under that name. @param module the address of its file */
export async function tasksOf(module: string): Promise<Task[]> {
  return Tasks.parse(await import(module)).tasks
}
