import type { Log } from './log.ts'

/** One Ctrl-C comes twice under npm: from the terminal to the whole group, and once more from npm, which hands it on. */
const sameWishMs = 1000

/** What a signal is taken for: the wish to end, the same wish once more, or the wish to end at once. */
export type Wish = 'end' | 'same' | 'at once'

/** @param clock ms, on any base */
export function openWishes(clock: () => number): () => Wish {
  let first: number | undefined
  return () => {
    if (first === undefined) {
      first = clock()
      return 'end'
    }
    return clock() - first < sameWishMs ? 'same' : 'at once'
  }
}

/**
 * Runs `stop` once, on SIGINT or SIGTERM, and ends the process. A second signal, a second or more after the first,
 * ends it at once.
 */
export function onShutdown(log: Log, stop: () => Promise<void>): void {
  const wish = openWishes(() => performance.now())
  const end = (signal: NodeJS.Signals) => {
    const wanted = wish()
    if (wanted === 'same') return
    if (wanted === 'at once') {
      log.warn({ signal }, 'second signal: ending at once')
      process.exit(1)
    }
    log.info({ signal }, 'stopping')
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}
