import type { Estimate as EstimateContract } from '@pdf-smaller/contracts'
import type { TaskAnswer } from '@pdf-smaller/contracts/http'
import { partOf, z } from './parts.ts'

/** A task of the service: what it takes, and the JSON Schema of its options. */
export const Task = partOf<TaskAnswer>()(
  z.object({
    name: z.string(),
    title: z.string(),
    inputs: z.object({
      min: z.number(),
      max: z.number(),
      contentTypes: z.array(z.string()),
      oneByOne: z.optional(z.literal(true)),
      alone: z.optional(z.string()),
    }),
    outputs: z.optional(z.array(z.object({ ending: z.string() }))),
    options: z.record(z.string(), z.unknown()),
  }),
)
export type Task = z.output<typeof Task>

export const Tasks = z.object({ tasks: z.array(Task) })

const AtLevel = z.object({ bytes: z.number(), least: z.number(), most: z.number() })

/** What each level would make of a file. */
export const Estimate = partOf<EstimateContract>()(
  z.object({
    bytes: z.number(),
    levels: z.object({ low: AtLevel, medium: AtLevel, high: AtLevel, maximum: AtLevel }),
    warnings: z.array(z.string()),
  }),
)
export type Estimate = z.output<typeof Estimate>

export const levels = ['low', 'medium', 'high', 'maximum'] as const satisfies (keyof Estimate['levels'])[]
export type Level = (typeof levels)[number]
