import type { Log } from '@pdf-smaller/platform'

const tellEveryMs = 2000

/** Tells in the log how far the projection is behind at start, and when it has caught up. */
export function tellRebuild(
  log: Log,
  { from, target, position }: { from: number; target: number; position: () => number },
) {
  const startedAt = performance.now()
  let ended = false
  const timer = setInterval(
    () => log.info({ position: position(), target }, 'the projection is being rebuilt'),
    tellEveryMs,
  )
  timer.unref()
  return {
    ended: () => ended,
    /** It does not come to its end. */
    cancel: () => clearInterval(timer),
    end: () => {
      clearInterval(timer)
      if (ended) return
      ended = true
      const events = position() - from
      const ms = Math.round(performance.now() - startedAt)
      if (events > 0) log.info({ events, ms }, 'the projection has caught up')
    },
  }
}
