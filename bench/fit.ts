import { type Constants, estimateWith, type Structure } from '@pdf-smaller/estimate'

/** What a file consists of, and the bytes that the real compression made of it at one level. */
export type Sample = { structure: Structure; bytes: number }

type Path = readonly [key: keyof Constants, index: number]

/** Errors beyond this share of the file count no more than in proportion: some files are odd. */
const odd = 0.05
/** How much it costs to leave the constants from which the search starts. */
const inertia = 0.0002
const steps = [0.3, 0.1, 0.03, 0.01]
const mostRounds = 60

/** By what share of the file's size the estimate is too large. */
export const errorOf = (constants: Constants, { structure, bytes }: Sample) =>
  (estimateWith(constants, structure) - bytes) / structure.bytes

/** Searches the constants of one level that fit the samples best, one after the other in ever smaller steps. */
export function fit(start: Constants, samples: readonly Sample[]): Constants {
  const paths = pathsOf(start)
  let best = start
  let cost = costOf(best, start, samples, paths)
  for (const step of steps) {
    for (let round = 0, better = true; better && round < mostRounds; round++) {
      better = false
      for (const path of paths) {
        for (const by of [step, -step]) {
          const tried = moved(best, path, by)
          const itsCost = tried ? costOf(tried, start, samples, paths) : Infinity
          if (!tried || itsCost >= cost - 1e-7) continue
          ;[best, cost, better] = [tried, itsCost, true]
        }
      }
    }
  }
  return best
}

function costOf(
  constants: Constants,
  start: Constants,
  samples: readonly Sample[],
  paths: readonly Path[],
): number {
  const errors = samples.map((sample) => Math.abs(errorOf(constants, sample)))
  const misfit = errors.map((error) => (error < odd ? error ** 2 : odd * (2 * error - odd)))
  const moves = paths.map((path) => (valueAt(constants, path) - valueAt(start, path)) ** 2)
  return mean(misfit) + inertia * mean(moves)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function pathsOf(constants: Constants): Path[] {
  const { jpeg, samples, ...shares } = constants
  const keys = Object.keys({ ...shares }) as (keyof typeof shares)[]
  return [
    ...keys.map((key) => [key, 0] as const),
    ...jpeg.map((_, index) => ['jpeg', index] as const),
    ...samples.map((_, index) => ['samples', index] as const),
  ]
}

function valueAt(constants: Constants, [key, index]: Path): number {
  const value = constants[key]
  return typeof value === 'number' ? value : (value[index] ?? 0)
}

/** The constants with one of them changed; undefined where it would leave its bounds. */
function moved(constants: Constants, [key, index]: Path, by: number): Constants | undefined {
  const value = constants[key]
  if (typeof value !== 'number')
    return { ...constants, [key]: value.map((each, at) => (at === index ? each + by : each)) }
  const share = value + by
  return share >= 0.02 && share <= 1.1 ? { ...constants, [key]: share } : undefined
}
