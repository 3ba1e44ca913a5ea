import { z } from 'zod'
import type { Task } from '../task.ts'

const Tasks = z.object({ tasks: z.array(z.custom<Task>((task) => typeof task === 'object')) })

/** The tasks that a module lists under that name. @param module the address of its file */
export async function tasksOf(module: string): Promise<Task[]> {
  return Tasks.parse(await import(module)).tasks
}
