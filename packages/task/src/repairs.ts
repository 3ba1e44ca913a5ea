import { z } from 'zod'

const strict = z
  .boolean()
  .optional()
  .describe('Refuse a PDF that is not sound; by default what is broken is mended, and the result tells of it')

const repairs = z
  .array(z.object({ name: z.string(), mended: z.array(z.string()) }))
  .optional()
  .describe('What was wrong with PDFs that were sent and could be mended; absent where they are sound')

/** The option of every task that reads PDFs. */
export const Strictness = z.object({ strict })

/** What the result of every task that reads PDFs tells besides its own. */
export type RepairsTold = { repairs?: z.infer<typeof repairs> }

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
