import type { Settings } from '../../levels.ts'
import type { Encoding, Trials, Tried } from './trial.ts'

/** An encoding with the price of the look that is lost, and its cost: that price and the logarithm of the size together. */
export type Judged = Tried & { look: number; cost: number }

/** A reduction by less than a tenth costs more look than it saves. */
const clearlyLess = 0.9
/** The cost of an encoding that loses too much: more than any size. */
const forbidding = 1000
/** By how much the steps that follow the first may lower a cost (natural logarithm of the size). */
const outOfReach = 0.7
/** The qualities that are tried first, and the steps in which the best is then approached. */
const firstQualities = [35, 65]
const steps = [15, 7]

/**
 * Finds the encoding of an image that is the best bargain under the level's price for look: a photograph bears far
 * stronger compression than a noisy scan of text, and a high resolution with a low quality keeps more than the reverse.
 * @param attempt tries encodings of the image
 * @param ppi pixels per inch where the image is placed
 * @param weight the part of the price that counts for this image, from 0 to 1
 * @param rival the cost of another form of the image; the search ends where it can't be reached any more
 */
export async function chooseEncoding(
  attempt: Trials,
  ppi: number,
  { price, mostLost, resolutions, leastQuality, mostQuality, insists }: Settings,
  weight: number,
  rival = Infinity,
): Promise<Judged> {
  const cheapest = async (encodings: readonly Encoding[]): Promise<Judged> => {
    const tried = await Promise.all(encodings.map(attempt))
    const judged = tried.map((each) => {
      const look = price * weight * each.missed
      const tooMuch = each.lost > mostLost && !insists
      return { ...each, look, cost: tooMuch ? forbidding + each.lost : each.size + look }
    })
    return judged.reduce((best, each) => (each.cost < best.cost ? each : best))
  }
  const within = (quality: number) => Math.min(mostQuality, Math.max(leastQuality, quality))
  const qualities = new Set(firstQualities.map(within))
  let best = await cheapest(
    scalesFor(ppi, resolutions).flatMap((scale) => [...qualities].map((quality) => ({ scale, quality }))),
  )
  if (best.cost > rival + outOfReach) return best
  for (const step of steps) {
    const { scale, quality } = best
    const around = new Set([quality - step, quality, quality + step].map(within))
    best = await cheapest([...around].map((each) => ({ scale, quality: each })))
  }
  return best
}

/** The parts of its sides to which an image may be reduced: not at all, or to a resolution clearly below its own. */
function scalesFor(ppi: number, [, ...less]: Settings['resolutions']): number[] {
  return [1, ...less.map((resolution) => resolution / ppi).filter((scale) => scale < clearlyLess)]
}

/** The part of its sides to which an image is reduced in any case. */
export function firstScale(ppi: number, [most]: Settings['resolutions']): number {
  return most / ppi < clearlyLess ? most / ppi : 1
}
