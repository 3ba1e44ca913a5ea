const steps = [0.3, 0.1, 0.03, 0.01]
const mostRounds = 40
/** What changes less than so much is no gain. */
const leastGain = 1e-7

/**
 * Turns one dial after the other, in ever smaller steps, for as long as that lowers the cost.
 * @param costOf the cost with a dial turned to a number; `keep` tells that it stays there
 */
export function search(
  dials: readonly { at: number; least: number; most: number }[],
  costOf: (dial: number, at: number) => number,
  keep: (dial: number, at: number) => void,
): void {
  const places = dials.map(({ at }) => at)
  let cost = costOf(0, places[0] ?? 0)
  for (const step of steps) {
    for (let round = 0, isBetter = true; isBetter && round < mostRounds; round++) {
      isBetter = false
      for (const [dial, { least, most }] of dials.entries()) {
        for (const by of [step, -step]) {
          const at = Math.min(most, Math.max(least, (places[dial] ?? 0) + by))
          const its = at === places[dial] ? Infinity : costOf(dial, at)
          if (its >= cost - leastGain) continue
          keep(dial, at)
          ;[places[dial], cost, isBetter] = [at, its, true]
        }
      }
    }
  }
}
