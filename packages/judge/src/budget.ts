/** The judge may take so much of a task's time, or so long in any case: a part, and milliseconds. */
const [part, leastMs] = [0.25, 1000]

/** What looking at results may cost. */
export type Budget = {
  /** Milliseconds that are left. */
  left: () => number
  /** Does work on the judge's account. */
  spend: <T>(work: () => Promise<T>) => Promise<T>
}

/**
 * Opens the judge's account at the begin of a task. It goes by the clock: a busy machine slows the judge and the task
 * alike.
 * @param now milliseconds
 */
export function openBudget(now: () => number = () => performance.now()): Budget {
  const startedAt = now()
  let [spent, working, since] = [0, 0, 0]
  const spentSoFar = () => spent + (working > 0 ? now() - since : 0)
  return {
    left: () => {
      const own = spentSoFar()
      return Math.max(leastMs, (now() - startedAt - own) * part) - own
    },
    spend: async (work) => {
      if (working++ === 0) since = now()
      try {
        return await work()
      } finally {
        if (--working === 0) spent += now() - since
      }
    },
  }
}
