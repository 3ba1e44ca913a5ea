import { errorFactor, median } from '@pdf-smaller/domain'

/** The median of how far the newest expectations were off, 1 when they were right. */
export type ForecastError = { jobs: number; typicalFactor?: number }

/** How good the expectations were that jobs began with: of run times, and of waits for a worker. */
export type ForecastErrors = { runs: ForecastError; waits: ForecastError }

const kept = 300

/** Notes how far expectations were off. @param leastMs times below it are as good as nothing */
export function openErrors(leastMs: number) {
  const factors: number[] = []
  return {
    note: (expectedMs: number | undefined, actualMs: number) => {
      if (expectedMs === undefined) return
      factors.push(errorFactor(expectedMs, actualMs, leastMs))
      if (factors.length > kept) factors.shift()
    },
    typical: (): ForecastError => ({
      jobs: factors.length,
      ...(factors.length > 0 ? { typicalFactor: median(factors) } : {}),
    }),
  }
}
