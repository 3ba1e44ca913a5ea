import { JobFailure } from '@pdf-smaller/contracts'
import { EngineFailure } from './engine-failure.ts'
import { saysDiskIsFull } from './work-disk.ts'

/** Why a process ended before its time, when it was this side that ended it. */
export type Stopped = 'clock' | 'output' | undefined

/** How a process ended. */
export type Ending = {
  engine: string
  exitCode: number | undefined
  /** The signal that ended it. */
  signal: string | undefined
  stopped: Stopped
  stderr: string
  limits: EngineLimits
  /** Its private folder, left out of messages. */
  cwd: string
  /** Whether the disk of that folder has no room. */
  diskFull: boolean
} & Pick<EngineFailure, 'args' | 'again'>

/** What an engine is held to. */
export type EngineLimits = { processorMs: number; clockMs: number; outputBytes: number }

/** What engines say when they get no more memory; some then end as if all were well. */
export const memoryRanOut = /bad_alloc|out of memory|cannot allocate memory|VMerror|virtual memory exhausted/i

/** The failure of a process that did not end well. */
export function failureOfEnding(ending: Ending): JobFailure {
  const { engine, stopped, signal, limits } = ending
  if (stopped === 'clock')
    return new JobFailure('engine_timeout', `${engine} ran longer than ${seconds(limits.clockMs)} s`)
  // A busy machine takes no processor time from an engine, so it would need as much again.
  if (signal === 'SIGXCPU')
    return new JobFailure(
      'engine_timeout',
      `${engine} needed more than ${seconds(limits.processorMs)} s of processor time`,
      { final: true },
    )
  if (stopped === 'output' || signal === 'SIGXFSZ')
    return new JobFailure(
      'decompression_bomb',
      `${engine} wrote more than ${Math.round(limits.outputBytes / 2 ** 20)} MiB`,
    )
  if (ending.diskFull || saysDiskIsFull.test(ending.stderr)) return new JobFailure('work_disk_full')
  // Nobody here sends SIGKILL in this case, so it was the kernel, short of memory.
  if (signal === 'SIGKILL' || memoryRanOut.test(ending.stderr))
    return new JobFailure('out_of_memory', `${engine} ${lastWords(ending)}`)
  return new EngineFailure(`${engine} ${lastWords(ending)}`, ending)
}

const seconds = (ms: number) => Math.ceil(ms / 1000)

/** The exit code and the last line of what it said, without the folder of the attempt. */
function lastWords({ exitCode, signal, stderr, cwd }: Ending): string {
  const how = signal ? `was ended by ${signal}` : `exited with code ${exitCode}`
  const line = stderr.trimEnd().split('\n').at(-1)?.replaceAll(`${cwd}/`, '').slice(0, 300)
  return line ? `${how}: ${line}` : how
}
