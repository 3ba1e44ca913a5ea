import {
  type BatchAnswer,
  type History as HistoryAnswer,
  TaskAnswer,
  type Upload,
} from '@pdf-smaller/contracts/http'
import { z } from 'zod'

export type Batch = BatchAnswer
export type { Upload }

/** The facts about a job with their places in the event store, the oldest first. */
export type History = z.infer<typeof HistoryAnswer>['events']

/** A value as JSON Schema describes it, as far as a form or a command line can offer it. */
export type ValueSchema = {
  type?: string | undefined
  enum?: unknown[] | undefined
  const?: unknown
  anyOf?: ValueSchema[] | undefined
  items?: ValueSchema | undefined
  default?: unknown
  description?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
}
export const ValueSchema: z.ZodType<ValueSchema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    anyOf: z.array(ValueSchema).optional(),
    items: ValueSchema.optional(),
    default: z.unknown().optional(),
    description: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
)

/** A task of the catalogue, the schema of its options read. */
export const TaskDescription = TaskAnswer.extend({
  options: z.object({
    properties: z.record(z.string(), ValueSchema).default({}),
    required: z.array(z.string()).default([]),
  }),
})
export type TaskDescription = z.infer<typeof TaskDescription>
