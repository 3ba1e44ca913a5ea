import type { JobStore, Log, Metrics } from '@pdf-smaller/platform'
import type { AttemptTools } from './attempt.ts'
import type { Gate } from './gate.ts'
import type { Task } from './task.ts'
import type { Leash } from './time-limit.ts'

/** What all attempts of one domain in this process share. */
export type WorkerContext = {
  domain: string
  source: string
  worker: string
  tasks: ReadonlyMap<string, Task>
  heartbeatMs: number
  /** Multiplies the waits before retries. */
  pace: number
  gate: Gate
  /** The attempts that run here, by job. */
  running: Map<string, Leash>
  log: Log
  metrics: Metrics
  store: JobStore
  publish: (subject: string, payload: string) => void
  tools: AttemptTools
}
