/** Runs a work when those that were given before it have ended. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>

/** What takes much memory at once is done one after the other, however many ask for it. */
export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const own = last.then(work)
    last = own.catch(() => {})
    return own
  }
}
