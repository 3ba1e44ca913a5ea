import { z } from 'zod'
import type { Route } from './route.ts'

const JsonSchema = z.record(z.string(), z.unknown())

/** A task of the catalogue. */
export const TaskAnswer = z.object({
  name: z.string(),
  domain: z.string(),
  title: z.string(),
  inputs: z.object({
    min: z.int(),
    max: z.int(),
    contentTypes: z.array(z.string()),
    /** Any file is taken, and the result tells of those that could not be worked on. */
    oneByOne: z.literal(true).optional(),
    alone: z.string().optional(),
  }),
  /** The kinds of files that it may write, those of its first output first; what is a part of another is not among them. */
  outputs: z
    .array(
      z.object({
        ending: z.string(),
        /** Only where the option has this value, or has it among its values. */
        when: z.object({ option: z.string(), is: z.union([z.string(), z.boolean()]) }).optional(),
      }),
    )
    .optional(),
  stages: z.array(z.object({ name: z.string(), weight: z.number() })),
  limits: z.object({ retries: z.int(), softSeconds: z.int(), hardSeconds: z.int() }),
  /** JSON Schema 2020-12 of the options as they are sent. */
  options: JsonSchema,
  /** JSON Schema 2020-12 of the result as it is given. */
  result: JsonSchema,
})
export type TaskAnswer = z.infer<typeof TaskAnswer>

export const listTasks = {
  id: 'listTasks',
  method: 'GET',
  path: '/api/tasks',
  access: 'read',
  tag: 'Tasks',
  summary: 'What the service can do',
  description: 'Every task with the files that it takes, and the schemas of its options and of its result.',
  answers: { 200: { description: 'All tasks', schema: z.object({ tasks: z.array(TaskAnswer) }) } },
  endings: [],
} as const satisfies Route
