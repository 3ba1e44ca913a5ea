import type { Measures } from '@pdf-smaller/contracts'
import type { EngineUsage } from '@pdf-smaller/engines/context'
import type { Metrics } from '@pdf-smaller/platform'

/** Adds up what an attempt takes. */
export function openMeasures(queuedAt: string | undefined, metrics: Metrics) {
  const startedAt = performance.now()
  const queuedMs = Math.max(0, Date.now() - Date.parse(queuedAt ?? new Date().toISOString()))
  let engineMs = 0
  let taskMs = 0
  let enginePeakBytes = 0
  const known: Pick<Measures, 'peakBytes' | 'pages'> = {}
  const programs = new Set<string>()
  return {
    queuedMs,
    runMs: () => performance.now() - startedAt,
    engineEnded: ({ engine, wallMs, peakBytes }: EngineUsage) => {
      programs.add(engine)
      engineMs += wallMs
      enginePeakBytes = Math.max(enginePeakBytes, peakBytes)
      metrics.engineRun.observe({ engine }, wallMs / 1000)
      metrics.engineMemory.observe({ engine }, peakBytes)
    },
    /** The engine programs that ran. */
    programs: (): ReadonlySet<string> => programs,
    taskEnded: (ms: number) => {
      taskMs = ms
    },
    /** The most memory that the task's process has held, with its engines. */
    peakReached: (bytes: number) => {
      known.peakBytes = bytes
    },
    pagesKnown: (count: number) => {
      known.pages = count
    },
    taken: (bytesIn: number, bytesOut: number): Measures => ({
      queuedMs: Math.round(queuedMs),
      runMs: Math.round((performance.now() - startedAt) * 10) / 10,
      taskMs: Math.round(taskMs * 10) / 10,
      engineMs: Math.round(engineMs * 10) / 10,
      enginePeakBytes,
      bytesIn,
      bytesOut,
      ...known,
    }),
  }
}
export type AttemptMeasures = ReturnType<typeof openMeasures>
