import type { Plane } from '@pdf-smaller/pictures/ssim'

/** A page of small print has ten thousand; with more than so many it is noise, and they would fill the memory. */
const mostShapes = 300_000

/** What hangs together on a picture: where it lies, `right` and `bottom` being the pixels behind the last, and its pixels of ink. */
export type Shape = { left: number; top: number; right: number; bottom: number; ink: number }

/** The level of grey that parts ink from paper so that both are as uniform as can be (Otsu 1979). */
export function inkBoundOf(samples: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const value of samples) counts[value] = (counts[value] ?? 0) + 1
  const whole = counts.reduce((sum, count, level) => sum + count * level, 0)
  let [dark, darkSum, best, bound] = [0, 0, 0, 0]
  for (let level = 0; level < 255; level++) {
    dark += counts[level] ?? 0
    darkSum += (counts[level] ?? 0) * level
    const light = samples.length - dark
    if (dark === 0 || light === 0) continue
    const between = dark * light * (darkSum / dark - (whole - darkSum) / light) ** 2
    if (between > best) [best, bound] = [between, level]
  }
  return bound
}

/** Pixels of ink beside each other, `to` is the one behind the last. */
type Run = { from: number; to: number; shape: number }

/**
 * All that hangs together: runs that touch those of the row above, if only at a corner, are of the same shape.
 * @param bound the lightest level of ink
 * @returns nothing where there is too much to be print
 */
export function shapesOf(gray: Plane, bound: number): Shape[] {
  /** Of each shape the one that it was joined to, or itself. */
  const joined: number[] = []
  const shapes: Shape[] = []
  let above: Run[] = []
  for (let y = 0; y < gray.height; y++) {
    const runs = runsOf(gray, y, bound)
    let next = 0
    for (const run of runs) {
      while ((above[next]?.to ?? Infinity) < run.from) next++
      for (let near = next; (above[near]?.from ?? Infinity) <= run.to; near++)
        run.shape = join(run.shape, rootOf(above[near]?.shape ?? -1))
      const part = { left: run.from, top: y, right: run.to, bottom: y + 1, ink: run.to - run.from }
      if (run.shape >= 0) grow(shapes[run.shape], part)
      else {
        run.shape = joined.push(joined.length) - 1
        shapes.push(part)
      }
    }
    if (shapes.length > mostShapes) return []
    above = runs
  }
  return shapes.filter((_, shape) => joined[shape] === shape)

  function rootOf(shape: number): number {
    let root = shape
    while (joined[root] !== root) root = joined[root] = joined[joined[root] ?? root] ?? root
    return root
  }

  function join(one: number, other: number): number {
    if (one < 0 || one === other) return other
    joined[other] = one
    grow(shapes[one], shapes[other])
    return one
  }
}

function grow(shape: Shape | undefined, part: Shape | undefined): void {
  if (!shape || !part) return
  shape.left = Math.min(shape.left, part.left)
  shape.top = Math.min(shape.top, part.top)
  shape.right = Math.max(shape.right, part.right)
  shape.bottom = Math.max(shape.bottom, part.bottom)
  shape.ink += part.ink
}

function runsOf({ width, samples }: Plane, y: number, bound: number): Run[] {
  const runs: Run[] = []
  const end = (y + 1) * width
  for (let at = y * width; at < end; at++) {
    if ((samples[at] ?? 255) > bound) continue
    const first = at
    while (at < end && (samples[at] ?? 255) <= bound) at++
    runs.push({ from: first - y * width, to: at - y * width, shape: -1 })
  }
  return runs
}
