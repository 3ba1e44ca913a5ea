import type { Task } from '../api/task.ts'

/** Files of one job. */
type Given = { contentType: string }

/** Tasks that do to several files, in one job, what another does to one. */
const together: Readonly<Record<string, string>> = { compress: 'bulk-compress' }

/** The task that takes all files in one job, where there is one. */
export const togetherTask = (task: string): string | undefined => together[task]

/** Those that people ask for most, in this order; others come behind them. */
const order = ['compress', 'ocr', 'merge', 'split', 'convert-to-images', 'extract-text']

const rank = ({ name }: Task) => (order.includes(name) ? order.indexOf(name) : order.length)

/** Tasks that people choose: not those that look after the service, and not those that are another one for many files. */
export function offered(tasks: readonly Task[]): Task[] {
  const hidden = Object.values(together)
  return tasks
    .filter(({ name, inputs }) => inputs.max > 0 && !hidden.includes(name))
    .toSorted((one, other) => rank(one) - rank(other))
}

/**
 * How files become jobs of a task: each by itself where it takes one, all in one job else; where one kind of file has to be
 * alone, that by itself.
 */
export function jobsOf<File extends Given>({ inputs }: Task, files: readonly File[]): File[][] {
  if (inputs.max === 1) return files.map((file) => [file])
  const alone = files.filter(({ contentType }) => contentType === inputs.alone)
  const others = files.filter(({ contentType }) => contentType !== inputs.alone)
  return [...alone.map((file) => [file]), ...(others.length > 0 ? [others] : [])]
}

/** The tasks that can go on with the result of one: those that take one PDF, where it makes one. */
export function following(task: Task, tasks: readonly Task[]): Task[] {
  if (!task.outputs?.[0]?.ending.endsWith('pdf')) return []
  return offered(tasks).filter(
    ({ name, inputs }) =>
      name !== task.name && inputs.min <= 1 && inputs.contentTypes.includes('application/pdf'),
  )
}

/** Why files cannot be given to a task. */
export type Hindrance =
  | { kind: 'too few'; min: number }
  | { kind: 'too many'; max: number }
  | { kind: 'other files'; name: string }

export function hindrance(
  { inputs }: Task,
  files: readonly (Given & { name: string })[],
): Hindrance | undefined {
  // What the browser does not know the service finds out.
  const wrong = files.find(
    ({ contentType }) => contentType !== '' && !inputs.contentTypes.includes(contentType),
  )
  if (wrong && !inputs.oneByOne) return { kind: 'other files', name: wrong.name }
  if (files.length < inputs.min) return { kind: 'too few', min: inputs.min }
  if (inputs.max > 1 && files.length > inputs.max) return { kind: 'too many', max: inputs.max }
  return undefined
}
