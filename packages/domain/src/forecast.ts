/** What an attempt works on: bytes of its files, and pages where they are known. */
export type Size = { bytes: number; pages?: number | undefined }

/** How long an attempt took, ms. */
export type RunSample = Size & { runMs: number }

/** Fewer say nothing. */
const leastSamples = 3
/** The attempts nearest in size that count. */
const neighbours = 15
/** A job that runs longer than expected is expected to need this part more. */
const overtime = 0.1

/**
 * How long an attempt at files of this size will take, by the median of those nearest in size; undefined without enough of
 * them. Where the pages are known, those count whose pages are known, too, and are near in both.
 */
export function expectedRun(samples: readonly RunSample[], size: Size): number | undefined {
  const paged = size.pages === undefined ? [] : samples.filter(({ pages }) => pages !== undefined)
  const compared = paged.length < leastSamples ? samples : paged
  if (compared.length < leastSamples) return undefined
  const byPages = compared === paged
  const distance = ({ bytes, pages = 0 }: RunSample) =>
    apart(bytes, size.bytes) + (byPages ? apart(pages, size.pages ?? 0) : 0)
  const nearest = compared.toSorted((a, b) => distance(a) - distance(b)).slice(0, neighbours)
  return median(nearest.map(({ runMs }) => runMs))
}

/** How many times one is the other, as a logarithm; of what may be nothing. */
const apart = (one: number, other: number) => Math.abs(Math.log((one + 1) / (other + 1)))

/** How long a running attempt still takes, ms. */
export function expectedRest(expectedMs: number, elapsedMs: number): number {
  return Math.max(expectedMs - elapsedMs, expectedMs * overtime)
}

/** Jobs that wait, and what they will take together, ms. */
export type Ahead = { jobs: number; ms: number }

/**
 * How long a job waits for a worker, ms.
 * @param running what the attempts that run now still take: while jobs wait, all workers are among them
 * @param ahead the jobs before it in the queue
 */
export function expectedWait(running: readonly number[], ahead: Ahead): number {
  if (ahead.jobs === 0) return running.length > 0 ? Math.min(...running) : 0
  return (sum(running) + ahead.ms) / Math.max(1, running.length)
}

/**
 * How far an expectation was off: 1 when it was right, 2 when it was half or double.
 * @param leastMs less than that is as good as nothing
 */
export function errorFactor(expectedMs: number, actualMs: number, leastMs = 1): number {
  const ratio = Math.max(expectedMs, leastMs) / Math.max(actualMs, leastMs)
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
