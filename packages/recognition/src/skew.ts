import type { Plane } from '@pdf-smaller/pictures/ssim'

/** How far text lies askew: degrees that it has to be turned clockwise, and how far its rows stand out from any others. */
export type Skew = { degrees: number; confidence: number }

/** Degrees: the furthest that is looked for, and the steps of the sweeps, each around the best of the one before. */
const furthest = 10
const [coarse, fine, finest] = [0.25, 0.05, 0.01]
/** Rows that are counted together in the coarse sweep: the feet of a line a step off still fall into few of them. */
const coarseRows = 3
/** How much darker the last pixel of a letter is than the one below. */
const leastContrast = 40
/** Fewer feet are those of stray marks. */
const leastFeet = 400
/** Along the edges lie the shadows of the paper's own edge, which need not be parallel to the text. */
const edgeShare = 0.04

/**
 * Finds how far the text of a picture lies askew, to some hundredths of a degree at 150 pixels per inch. Feet of letters
 * are projected along each angle; along that of the lines they fall into few rows, so that the squares of their counts
 * add up to most (W. Postl, "Detection of linear oblique structures and skew scan in digitized documents", 1986; the
 * feet instead of all of the letters as in H. S. Baird, "The skew angle of printed documents", 1987).
 * @returns undefined where there is too little to tell
 */
export function skewOf(picture: Plane): Skew | undefined {
  const feet = feetOf(picture)
  if (feet.count < leastFeet) return undefined
  const wide = sweep(feet, -furthest, furthest, coarse, coarseRows)
  const rough = bestOf(wide)
  if (!rough || Math.abs(rough.angle) >= furthest) return undefined
  const scores = wide.map(({ score }) => score).sort((one, other) => one - other)
  const confidence = rough.score / (scores[scores.length >> 1] ?? Infinity)
  const closer = bestOf(sweep(feet, rough.angle - coarse, rough.angle + coarse, fine, 1)) ?? rough
  const close = sweep(feet, closer.angle - 2 * fine, closer.angle + 2 * fine, finest, 1)
  return { degrees: -centreOf(close), confidence }
}

/** Where dark pixels have a light one below, from the middle of the picture. */
type Feet = { x: Float32Array; y: Float32Array; count: number; reach: number }

function feetOf({ samples, width, height }: Plane): Feet {
  const [x, y]: [number[], number[]] = [[], []]
  const [across, down] = [Math.ceil(width * edgeShare), Math.ceil(height * edgeShare)]
  for (let row = down; row < height - down - 1; row++) {
    for (let column = across; column < width - across; column++) {
      const at = row * width + column
      if ((samples[at + width] ?? 0) - (samples[at] ?? 0) < leastContrast) continue
      x.push(column - width / 2)
      y.push(row - height / 2)
    }
  }
  const reach = Math.ceil(Math.hypot(width, height) / 2) + 1
  return { x: Float32Array.from(x), y: Float32Array.from(y), count: x.length, reach }
}

type Score = { angle: number; score: number }

function sweep(feet: Feet, from: number, to: number, step: number, rows: number): Score[] {
  const steps = Math.round((to - from) / step)
  const profile = new Uint32Array(Math.ceil((2 * feet.reach) / rows) + 1)
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = from + index * step
    return { angle, score: scoreOf(feet, angle, rows, profile) }
  })
}

/** Counts feet in rows that lie askew by an angle, and adds up the squares. */
function scoreOf({ x, y, count, reach }: Feet, angle: number, rows: number, profile: Uint32Array): number {
  const radians = (angle * Math.PI) / 180
  const [sine, cosine] = [Math.sin(radians), Math.cos(radians)]
  profile.fill(0)
  for (let foot = 0; foot < count; foot++) {
    const row = ((y[foot] ?? 0) * cosine - (x[foot] ?? 0) * sine + reach) / rows
    const at = Math.floor(row)
    profile[at] = (profile[at] ?? 0) + 1
  }
  let sum = 0
  for (const feet of profile) sum += feet * feet
  return sum
}

function bestOf(scores: readonly Score[]): Score | undefined {
  return scores.reduce<Score | undefined>(
    (best, each) => (best && best.score >= each.score ? best : each),
    undefined,
  )
}

/** The middle of the peak: scores so close to each other jump a little, and what is above the average of them counts. */
function centreOf(scores: readonly Score[]): number {
  const mean = scores.reduce((sum, { score }) => sum + score, 0) / scores.length
  const above = scores.map(({ angle, score }) => ({ angle, weight: Math.max(0, score - mean) }))
  const weight = above.reduce((sum, each) => sum + each.weight, 0)
  if (weight === 0) return scores[scores.length >> 1]?.angle ?? 0
  return above.reduce((sum, each) => sum + each.angle * each.weight, 0) / weight
}
