import { JobFailure } from '@pdf-smaller/contracts'

/** Why a process ended before its time, when it was this side that ended it. */
export type Stopped = 'timeout' | 'output' | undefined

/** How a process ended. */
export type Ending = {
  engine: string
  exitCode: number | undefined
  /** The signal that ended it. */
  signal: string | undefined
  stopped: Stopped
  stderr: string
  timeoutMs: number
  outputLimitBytes: number
  /** Its private folder, left out of messages. */
  cwd: string
}

const memoryRanOut = /bad_alloc|out of memory|cannot allocate memory|VMerror|virtual memory exhausted/i

/** The failure of a process that did not end well. */
export function failureOfEnding(ending: Ending): JobFailure {
  const { engine, stopped, signal } = ending
  if (stopped === 'timeout' || signal === 'SIGXCPU')
    return new JobFailure(
      'engine_timeout',
      `${engine} ran longer than ${Math.ceil(ending.timeoutMs / 1000)} s`,
    )
  if (stopped === 'output' || signal === 'SIGXFSZ')
    return new JobFailure(
      'decompression_bomb',
      `${engine} wrote more than ${Math.round(ending.outputLimitBytes / 2 ** 20)} MiB`,
    )
  // Nobody here sends SIGKILL in this case, so it was the kernel, short of memory.
  if (signal === 'SIGKILL' || memoryRanOut.test(ending.stderr))
    return new JobFailure('out_of_memory', `${engine} ${lastWords(ending)}`)
  return new JobFailure('engine_failed', `${engine} ${lastWords(ending)}`)
}

/** The exit code and the last line of what it said, without the folder of the attempt. */
function lastWords({ exitCode, signal, stderr, cwd }: Ending): string {
  const how = signal ? `was ended by ${signal}` : `exited with code ${exitCode}`
  const line = stderr.trimEnd().split('\n').at(-1)?.replaceAll(`${cwd}/`, '').slice(0, 300)
  return line ? `${how}: ${line}` : how
}
