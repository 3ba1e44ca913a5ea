import { JobEvent, JobId, JobView } from '@pdf-smaller/contracts'
import { z } from 'zod'

export const JobPage = z.object({ jobs: z.array(JobView), nextCursor: z.string().optional() })

/** Jobs that were accepted together. */
export const Batch = z.object({ batchId: JobId, jobs: z.array(JobView) })
export type Batch = z.infer<typeof Batch>

export const History = z.object({
  events: z.array(z.object({ sequence: z.int().positive(), event: JobEvent })),
})
/** The facts about a job with their places in the event store, the oldest first. */
export type History = z.infer<typeof History>['events']

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

/** A task of the catalogue. */
export const TaskDescription = z.object({
  name: z.string(),
  domain: z.string(),
  title: z.string(),
  inputs: z.object({
    min: z.int(),
    max: z.int(),
    contentTypes: z.array(z.string()),
    alone: z.string().optional(),
  }),
  stages: z.array(z.object({ name: z.string(), weight: z.number() })),
  /** JSON Schema of the options. */
  options: z.object({
    properties: z.record(z.string(), ValueSchema).default({}),
    required: z.array(z.string()).default([]),
  }),
})
export type TaskDescription = z.infer<typeof TaskDescription>

export const Tasks = z.object({ tasks: z.array(TaskDescription) })

export const OpenedUpload = z.object({
  uploadId: JobId,
  method: z.enum(['POST', 'PUT']),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
})

/** A file that was sent apart from its jobs. */
export const Upload = z.object({
  uploadId: JobId,
  name: z.string(),
  size: z.int(),
  sha256: z.string(),
  contentType: z.string(),
})
export type Upload = z.infer<typeof Upload>
