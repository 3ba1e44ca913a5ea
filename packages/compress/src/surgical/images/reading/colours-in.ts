import type { Pixels } from '@pdf-smaller/pictures/pixels'

/** The sums of red less green and of blue less green over pixels that follow one another. */
export function coloursIn(
  { channels, samples }: Pixels,
  start: number,
  end: number,
): { red: number; blue: number } {
  let [red, blue] = [0, 0]
  if (channels === 1) return { red, blue }
  for (let at = start * 3; at < end * 3; at += 3) {
    const green = samples[at + 1] ?? 0
    red += (samples[at] ?? 0) - green
    blue += (samples[at + 2] ?? 0) - green
  }
  return { red, blue }
}
