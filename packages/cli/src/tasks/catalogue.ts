import { readFileSync } from 'node:fs'
import type { TaskDescription } from '@pdf-smaller/client/node'

/** What the command line knows of a task. */
export type KnownTask = Pick<TaskDescription, 'name' | 'title' | 'inputs' | 'outputs' | 'options'>

/**
 * The tasks of this release, for help and completion, which ask no service. The file is written by `npm run docs` from the
 * catalogue itself, so that nothing has to be loaded to read it.
 */
export const shippedTasks: readonly KnownTask[] = JSON.parse(
  readFileSync(new URL('./catalogue.json', import.meta.url), 'utf8'),
)
