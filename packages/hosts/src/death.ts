import { constants } from 'node:os'
import { readFileSync } from 'node:fs'
import { JobFailure } from '@pdf-smaller/contracts'

/** How a host ended, and what it said last. */
export type Death = {
  exitCode: number | null
  signal: NodeJS.Signals | null
  lastWords: string
  /** Whether the system ended some process for want of memory while this one ran. */
  memoryWasShort: boolean
}

const outOfHeap = /heap out of memory|allocation failed|bad_alloc|cannot allocate memory/i

/** What a job fails with whose host ended by itself. */
export function failureOfDeath(death: Death): JobFailure {
  const signal = death.signal ?? signalOf(death.exitCode)
  const how = signal ? `it was ended by ${signal}` : `it exited with code ${death.exitCode}`
  const said = lastLine(death.lastWords)
  const why = said ? `${how}: ${said}` : how
  const isShort = outOfHeap.test(death.lastWords) || (signal === 'SIGKILL' && death.memoryWasShort)
  return new JobFailure(isShort ? 'out_of_memory' : 'host_died', why, { cause: new Error(death.lastWords) })
}

/** A sandbox ends as a shell does: with 128 and the number of the signal. */
function signalOf(exitCode: number | null): string | undefined {
  const number = (exitCode ?? 0) - 128
  return Object.entries(constants.signals).find(([, each]) => each === number)?.[0]
}

/** The line that tells most: that of an error, or else the last one. */
function lastLine(words: string): string {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return (lines.find((line) => /^(FATAL ERROR|\w*Error\b|Fatal)/.test(line)) ?? lines.at(-1) ?? '').slice(
    0,
    300,
  )
}

/** How often the system has ended a process for want of memory; 0 where it does not tell. */
export function killsForMemory(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
