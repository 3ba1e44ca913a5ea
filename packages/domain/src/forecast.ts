/** How long an attempt took, and how many bytes its files had. */
export type RunSample = { bytes: number; runMs: number }

/** Fewer say nothing. */
const leastSamples = 3
/** The attempts nearest in size that count. */
const neighbours = 15
/** A job that runs longer than expected is expected to need this part more. */
const overtime = 0.1

/** How long an attempt at so many bytes will take, by the median of those nearest in size; undefined without enough of them. */
export function expectedRun(samples: readonly RunSample[], bytes: number): number | undefined {
  if (samples.length < leastSamples) return undefined
  const distance = (sample: RunSample) => Math.abs(Math.log((sample.bytes + 1) / (bytes + 1)))
  const nearest = samples.toSorted((a, b) => distance(a) - distance(b)).slice(0, neighbours)
  return median(nearest.map(({ runMs }) => runMs))
}

/** How long a running attempt still takes, ms. */
export function expectedRest(expectedMs: number, elapsedMs: number): number {
  return Math.max(expectedMs - elapsedMs, expectedMs * overtime)
}

/**
 * How long a job waits for a worker, ms.
 * @param running what the attempts that run now still take: while jobs wait, all workers are among them
 * @param ahead what the jobs before it in the queue will take
 */
export function expectedWait(running: readonly number[], ahead: readonly number[]): number {
  if (ahead.length === 0) return running.length > 0 ? Math.min(...running) : 0
  return (sum(running) + sum(ahead)) / Math.max(1, running.length)
}

/** How far an expectation was off: 1 when it was right, 2 when it was half or double. */
export function errorFactor(expectedMs: number, actualMs: number): number {
  const ratio = Math.max(expectedMs, 1) / Math.max(actualMs, 1)
  return Math.max(ratio, 1 / ratio)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
