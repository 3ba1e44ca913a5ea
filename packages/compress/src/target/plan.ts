/** A form that an image may have: what it takes, and the look that it loses, 0 to 1. */
export type Form<T> = { bytes: number; lost: number; is: T }

/** An image and its forms; `weight` is how much its look counts beside others. */
export type Choice<T> = { weight: number; forms: readonly Form<T>[] }

type Open<T> = { weight: number; frontier: readonly Form<T>[]; at: number }

/**
 * Chooses a form for each image so that all of them together look as good as they can within a number of bytes: from the
 * smallest on, the steps that gain most look for their bytes are taken first (the greedy way through the convex hulls of a
 * knapsack with multiple choices; Sinha and Zoltners 1979), and what is left then goes to what fits.
 * @returns the forms in the order of the images; the smallest of each where not even those fit
 */
export function planned<T>(choices: readonly Choice<T>[], mostBytes: number): Form<T>[] {
  const open = choices.map(({ weight, forms }): Open<T> => ({ weight, frontier: frontierOf(forms), at: 0 }))
  let left = mostBytes - open.reduce((sum, each) => sum + formOf(each).bytes, 0)
  const steps = open.flatMap((image) => hullSteps(image).map((step) => ({ image, ...step })))
  for (const { image, to } of steps.sort((one, other) => other.gain - one.gain)) {
    const more = (image.frontier[to]?.bytes ?? 0) - formOf(image).bytes
    if (to <= image.at || more > left) continue
    left -= more
    image.at = to
  }
  const byLoss = [...open].sort((one, other) => lossOf(other) - lossOf(one))
  for (const image of byLoss) {
    const room = formOf(image).bytes + left
    const to = image.frontier.findLastIndex(({ bytes }) => bytes <= room)
    if (to <= image.at) continue
    left -= (image.frontier[to]?.bytes ?? 0) - formOf(image).bytes
    image.at = to
  }
  return open.map(formOf)
}

function formOf<T>({ frontier, at }: Open<T>): Form<T> {
  const form = frontier[at]
  if (!form) throw new RangeError('an image has no form at all')
  return form
}

const lossOf = <T>(image: Open<T>) => image.weight * formOf(image).lost

/** Forms from the smallest on, of which each looks better than all that are smaller. */
function frontierOf<T>(forms: readonly Form<T>[]): Form<T>[] {
  const frontier: Form<T>[] = []
  for (const form of forms.toSorted((a, b) => a.bytes - b.bytes || a.lost - b.lost)) {
    const last = frontier.at(-1)
    if (!last || form.lost < last.lost) frontier.push(form)
  }
  return frontier
}

/** The steps along the lower convex hull, each with the look that it gains for a byte, which falls from step to step. */
function hullSteps<T>({ weight, frontier }: Open<T>): { to: number; gain: number }[] {
  const steps: { to: number; gain: number }[] = []
  for (let at = 0; at < frontier.length - 1;) {
    let best = { to: at, gain: -1 }
    for (let to = at + 1; to < frontier.length; to++) {
      const gain = (weight * lessLost(frontier, at, to)) / Math.max(1, moreBytes(frontier, at, to))
      if (gain >= best.gain) best = { to, gain }
    }
    steps.push(best)
    at = best.to
  }
  return steps
}

const lessLost = <T>(forms: readonly Form<T>[], at: number, to: number) =>
  (forms[at]?.lost ?? 0) - (forms[to]?.lost ?? 0)
const moreBytes = <T>(forms: readonly Form<T>[], at: number, to: number) =>
  (forms[to]?.bytes ?? 0) - (forms[at]?.bytes ?? 0)
