import { defineTask, type Task, usualLimits } from '@pdf-smaller/task'
import { z } from 'zod'

const stages = [{ name: 'working', weight: 100 }]
const code = async () => ({ run: async () => ({ outputs: [], result: {} }) })
const pdf = ['application/pdf']

/** Small tasks of no domain of their own; no worker runs them, the tests play its part. */
export const testTasks: readonly Task[] = [
  defineTask({
    name: 'noop',
    domain: 'testing',
    title: 'Does nothing',
    inputs: { min: 0, max: 0, contentTypes: [] },
    options: z.strictObject({}),
    result: z.object({}),
    stages,
    limits: usualLimits,
    code,
  }),
  defineTask({
    name: 'echo',
    domain: 'testing',
    title: 'Gives its file back',
    inputs: { min: 1, max: 1, contentTypes: pdf },
    options: z.strictObject({
      dpi: z.int().min(10).max(600).default(150),
      level: z.enum(['low', 'high']).default('low'),
      gray: z.boolean().optional(),
      languages: z.array(z.string()).optional(),
    }),
    result: z.object({ pages: z.int().optional() }),
    stages,
    limits: usualLimits,
    code,
  }),
  defineTask({
    name: 'gather',
    domain: 'joining',
    title: 'Takes two or three files',
    inputs: { min: 2, max: 3, contentTypes: pdf },
    options: z.strictObject({}),
    result: z.object({}),
    stages,
    limits: usualLimits,
    code,
  }),
  defineTask({
    name: 'sort',
    domain: 'testing',
    title: 'Takes files of which some may be no good',
    inputs: { min: 2, max: 9, contentTypes: pdf, oneByOne: true },
    options: z.strictObject({}),
    result: z.object({}),
    stages,
    limits: usualLimits,
    code,
  }),
]
