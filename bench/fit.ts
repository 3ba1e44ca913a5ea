import type { Sample } from './sample.ts'
import { type Constants, estimateWith } from '@pdf-smaller/estimate'
import { withMeasuredShares } from './measured-shares.ts'

/** What cannot be read off the results. */
const searched = ['file', 'packedObjects', 'text'] as const

type Path = readonly [key: keyof Constants, index: number]

/** Errors beyond this share of the file count no more than in proportion: some files are odd. */
const odd = 0.05
/** How much it costs to leave the constants from which the search starts. */
const inertia = 0.003
const steps = [0.3, 0.1, 0.03, 0.01]
const mostRounds = 60

/** By what share of the file's size the estimate is too large. */
export const errorOf = (constants: Constants, { structure, result }: Sample) =>
  (estimateWith(constants, structure) - result.bytes) / structure.bytes

/** Where every search begins; shares that the results tell take the place of these. */
const usual: Constants = {
  file: 500,
  text: 0.8,
  packedObjects: 0.9,
  type1Fonts: 0.2,
  cffFonts: 0.9,
  hintedFonts: 0.5,
  plainFonts: 0.95,
  contents: 0.95,
  metadata: 0.8,
  others: 0.9,
  ccitt: 0.75,
  jbig2: 1,
  bilevel: 0.6,
  masks: 0.8,
  jpeg: [-0.3, 1.3, -1, 1],
  samples: [-1.5, 0.5, -0.5],
}

/** Other beginnings for JPEG: what depends on a threshold is easily missed. */
const jpegStarts = [-2, -1, 0].flatMap((resolution) =>
  [0, 1, 2, 3].map((loss) => [resolution, loss] as const),
)

/** Searches the constants of one level that fit the samples best. */
export function fit(samples: readonly Sample[]): Constants {
  const start = withMeasuredShares(usual, samples)
  const [base, density] = start.jpeg
  const found = jpegStarts.map((rest) => search({ ...start, jpeg: [base, density, ...rest] }, samples))
  return found.reduce((best, each) => (each.cost < best.cost ? each : best)).constants
}

/** Changes one constant after the other, in ever smaller steps, for as long as that helps. */
function search(start: Constants, samples: readonly Sample[]): { constants: Constants; cost: number } {
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
  return { constants: best, cost }
}

function costOf(
  constants: Constants,
  start: Constants,
  samples: readonly Sample[],
  paths: readonly Path[],
): number {
  const errors = samples.map((sample) => Math.abs(errorOf(constants, sample)))
  const misfit = errors.map(
    (error, index) => weightOf(samples[index]) * (error < odd ? error ** 2 : odd * (2 * error - odd)),
  )
  const moves = paths.map(
    (path) => ((valueAt(constants, path) - valueAt(start, path)) / scaleOf(path[0])) ** 2,
  )
  return mean(misfit) + inertia * mean(moves)
}

/** What a large file comes to matters more. */
const weightOf = (sample: Sample | undefined) => Math.max(0.5, Math.log10(sample?.structure.bytes ?? 0) - 3)

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function pathsOf(constants: Constants): Path[] {
  const { jpeg, samples } = constants
  return [
    ...searched.map((key) => [key, 0] as const),
    ...jpeg.map((_, index) => ['jpeg', index] as const),
    ...samples.map((_, index) => ['samples', index] as const),
  ]
}

function valueAt(constants: Constants, [key, index]: Path): number {
  const value = constants[key]
  return typeof value === 'number' ? value : (value[index] ?? 0)
}

/** Shares lie within 0 and this; so do the bytes of a file on a scale of their own. */
const most = 1.1
const scaleOf = (key: keyof Constants) => (key === 'file' ? 1000 : 1)

/** The constants with one of them changed; undefined where it would leave its bounds. */
function moved(constants: Constants, [key, index]: Path, by: number): Constants | undefined {
  const value = constants[key]
  if (typeof value !== 'number')
    return { ...constants, [key]: value.map((each, at) => (at === index ? each + by : each)) }
  const scale = scaleOf(key)
  const next = value + by * scale
  return next >= 0 && next <= most * scale ? { ...constants, [key]: next } : undefined
}
