import type { EngineContext } from '@pdf-smaller/engines/context'
import type { TaskContext } from '@pdf-smaller/task'

const mebibytes = 2 ** 20

/** What a worker gives to a task, in a folder of the caller's; what the task tells is not heard. */
export function taskContext<Options>(
  workspace: string,
  options: Options,
  {
    signal = AbortSignal.timeout(100_000),
    engine,
    ...more
  }: Partial<Omit<TaskContext<Options>, 'engine'>> & { engine?: Partial<EngineContext> } = {},
): TaskContext<Options> {
  return {
    inputs: [],
    options,
    workspace,
    signal,
    log: { debug: () => {}, info: () => {}, warn: () => {} },
    progress: () => {},
    tellPages: () => {},
    publish: async () => {},
    ask: async () => null,
    parts: { restore: async () => false, keep: async () => {} },
    engine: {
      cwd: workspace,
      signal,
      memoryBytes: 1024 * mebibytes,
      cores: 2,
      core: (work) => work(),
      ...engine,
    },
    ...more,
  }
}
