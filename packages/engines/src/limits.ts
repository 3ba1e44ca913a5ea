import { dieWithParent } from '@pdf-smaller/hosts/die-with-parent'

/** What the kernel holds a process to. */
export type ProcessLimits = {
  /** Address space, bytes. */
  memoryBytes: number
  cpuSeconds: number
  /** The largest file it may write, bytes. */
  fileBytes: number
}

/** Runs a command line and tells whether it ended well. */
export type TryCommand = (command: readonly [string, ...string[]]) => Promise<boolean>

const limit = (...limits: string[]) => ['prlimit', ...limits, '--'] as const

/** The wrappers of util-linux that this host has; each one replaces itself by the next, so there is no process more. */
export type Wrappers = { dieWithWorker: boolean; limit: boolean }

export async function detectWrappers(tryCommand: TryCommand): Promise<Wrappers> {
  const [dies, limits] = await Promise.all([
    tryCommand([...dieWithParent, 'true']),
    tryCommand([...limit('--core=0'), 'true']),
  ])
  return { dieWithWorker: dies, limit: limits }
}

/**
 * The command line that holds an engine to its limits. Reaching them shows as SIGXCPU (processor time), SIGXFSZ (file
 * size) or a failed allocation (memory). On a host without the wrappers only the worker's own clock holds it.
 */
export function underLimits(
  command: readonly [string, ...string[]],
  limits: ProcessLimits,
  wrappers: Wrappers,
): [string, ...string[]] {
  const cpu = Math.ceil(limits.cpuSeconds)
  const bounds = limit(
    `--as=${limits.memoryBytes}`,
    `--cpu=${cpu}:${cpu + 2}`,
    `--fsize=${limits.fileBytes}`,
    '--core=0',
  )
  const bounded: [string, ...string[]] = wrappers.limit ? [...bounds, ...command] : [...command]
  return wrappers.dieWithWorker ? [...dieWithParent, ...bounded] : bounded
}
