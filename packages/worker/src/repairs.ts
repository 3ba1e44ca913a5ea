import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from '@pdf-smaller/engines/context'
import { z } from 'zod'
import type { InputFile } from './task.ts'

/** What is told of one file; most of what is wrong with a file is of one kind. */
const mostTold = 10

const strict = z
  .boolean()
  .optional()
  .describe('Refuse a PDF that is not sound; by default what is broken is mended, and the result tells of it')

const repairs = z
  .array(z.object({ name: z.string(), mended: z.array(z.string()) }))
  .optional()
  .describe('What was wrong with PDFs that were sent and could be mended; absent where they are sound')

export const Strictness = z.object({ strict })

/** The options of a task that reads PDFs, whether it is to mend them among them. */
export const withStrict = <O extends z.ZodType>(options: O): O => extended(options, { strict })

/** The result of a task that reads PDFs, with what was mended. */
export const withRepairs = <R extends z.ZodType>(result: R): R => extended(result, { repairs })

function extended<S extends z.ZodType>(schema: S, more: z.ZodRawShape): S {
  if (!(schema instanceof z.ZodObject)) throw new Error('the options and results of tasks are objects')
  const wider: z.ZodType = schema.safeExtend(more)
  // A task knows of its own entries alone; those that are added concern the worker.
  return wider as S
}

/** Takes down what is mended while a task opens its files, each file once. */
export type Repairs = Required<Pick<EngineContext, 'onRepair'>> & {
  /** For the result of the task. */
  told: () => { repairs?: z.infer<typeof repairs> }
}

/** @param options of the job; with `strict` among them, what would have to be mended is refused */
export function openRepairs(options: unknown, inputs: readonly InputFile[]): Repairs {
  const isStrict = Strictness.safeParse(options).data?.strict === true
  const known = new Map<string, { name: string; mended: string[] }>()
  const isInput = (file: string) => inputs.some((input) => input.path === file)
  return {
    onRepair: (file, all) => {
      if (isStrict) throw new JobFailure('needs_repair', all.slice(0, mostTold).join('; '))
      const name = inputs.find((input) => input.path === file)?.name ?? path.basename(file)
      known.set(file, { name, mended: all.slice(0, mostTold) })
    },
    told: () => {
      // Files are opened side by side; what is told of them comes in their own order.
      const sent = inputs.flatMap(({ path: file }) => known.get(file) ?? [])
      const others = [...known].flatMap(([file, each]) => (isInput(file) ? [] : [each]))
      return known.size > 0 ? { repairs: [...sent, ...others] } : {}
    },
  }
}
