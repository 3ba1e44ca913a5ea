import { JobId, JobView } from '@pdf-smaller/contracts'
import { z } from 'zod'

export const JobPage = z.object({ jobs: z.array(JobView), nextCursor: z.string().optional() })
export const Batch = z.object({ batchId: JobId, jobs: z.array(JobView) })

/** An option of a task, as far as a command line can offer it. */
export const OptionSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})
export type OptionSchema = z.infer<typeof OptionSchema>

export const TaskDescription = z.object({
  name: z.string(),
  title: z.string(),
  inputs: z.object({ min: z.number(), max: z.number() }),
  options: z.looseObject({ properties: z.record(z.string(), OptionSchema).default({}) }),
})
export type TaskDescription = z.infer<typeof TaskDescription>

export const Tasks = z.object({ tasks: z.array(TaskDescription) })
