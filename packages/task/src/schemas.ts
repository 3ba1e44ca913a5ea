import { type JsonSchema, publishedSchema } from '@pdf-smaller/contracts/published'
import type { Task } from './task.ts'

/** The schemas of what each task is asked with and of what comes of it. */
export function taskSchemas(tasks: readonly Task[]): JsonSchema[] {
  return tasks.flatMap(({ name, options, result }) => [
    publishedSchema(options, 'input', { kind: 'options', name, title: `The options of ${name}` }),
    publishedSchema(result, 'output', { kind: 'results', name, title: `The result of ${name}` }),
  ])
}
