import { signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { type Task, Tasks } from '../api/task.ts'
import { asTrouble, type Trouble } from '../api/trouble.ts'

/** What the service can do; empty until it is known. */
export const catalogue = signal<readonly Task[]>([])
export const catalogueTrouble = signal<Trouble | undefined>(undefined)

export async function readCatalogue(): Promise<void> {
  if (catalogue.peek().length > 0) return
  try {
    catalogue.value = (await ask('/api/tasks', Tasks)).tasks
    catalogueTrouble.value = undefined
  } catch (error) {
    catalogueTrouble.value = asTrouble(error)
  }
}
