import { type JsonSchema, publishedSchema } from '@pdf-smaller/contracts/published'
import type { Task } from './task.ts'

export type TaskSchema = { kind: 'options' | 'results'; name: string; schema: JsonSchema }

/** The schemas of what each task is asked with and of what comes of it. */
export function taskSchemas(tasks: readonly Task[]): TaskSchema[] {
  return tasks.flatMap(({ name, options, result }): TaskSchema[] => {
    const asked = { kind: 'options', name, title: `The options of ${name}` } as const
    const given = { kind: 'results', name, title: `The result of ${name}` } as const
    return [
      { kind: 'options', name, schema: publishedSchema(options, asked, { io: 'input' }) },
      { kind: 'results', name, schema: publishedSchema(result, given, { io: 'output' }) },
    ]
  })
}
