import type { Backbone, TaskContext } from '@pdf-smaller/worker/task'

/** What a maintenance task works on. */
export function backboneOf({ backbone }: Pick<TaskContext<unknown>, 'backbone'>): Backbone {
  if (!backbone) throw new Error('the task is not declared as maintenance')
  return backbone
}
