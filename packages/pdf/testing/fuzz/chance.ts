import { seeded } from '@pdf-smaller/testing/pdf/random'

/** Choices that look random and are the same for the same seed. */
export type Chance = {
  /** A whole number from 0 up to one less than `below`. */
  upTo: (below: number) => number
  oneOf: <T>(items: readonly T[]) => T | undefined
  /** True in `part` of all cases, 0 to 1. */
  isIn: (part: number) => boolean
}

/** Those of one case of a run. */
export function chanceOf(seed: number, index: number): Chance {
  const random = seeded(Math.imul(seed, 0x9e3779b1) + index)
  const upTo = (below: number) => Math.floor(random() * below)
  return { upTo, oneOf: (items) => items[upTo(items.length)], isIn: (part) => random() < part }
}
