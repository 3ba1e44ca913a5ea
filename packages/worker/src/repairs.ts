import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from '@pdf-smaller/engines/context'
import { type InputFile, type RepairsTold, Strictness } from '@pdf-smaller/task'

/** What is told of one file; most of what is wrong with a file is of one kind. */
const mostTold = 10

/** Takes down what is mended while a task opens its files, each file once. */
export type Repairs = Required<Pick<EngineContext, 'onRepair'>> & {
  /** For the result of the task. */
  told: () => RepairsTold
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
