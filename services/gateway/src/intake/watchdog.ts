import type { IncomingMessage } from 'node:http'
import { JobFailure } from '@pdf-smaller/contracts'

export type Watchdog = { signal: AbortSignal; stop: () => void }

/**
 * Aborts with upload_timeout when a request's body brings no byte for `stallSeconds`, or takes longer than
 * `wholeSeconds`. Time in which we ourselves hold the client back does not count as a stall.
 */
export function watchUpload(
  request: IncomingMessage,
  { stallSeconds, wholeSeconds }: { stallSeconds: number; wholeSeconds: number },
): Watchdog {
  const controller = new AbortController()
  const startedAt = performance.now()
  let heardAt = startedAt
  let heard = request.socket.bytesRead
  const timer = setInterval(
    () => {
      const now = performance.now()
      const { bytesRead } = request.socket
      if (bytesRead !== heard || request.isPaused() || request.complete) heardAt = now
      heard = bytesRead
      const why =
        now - heardAt > stallSeconds * 1000
          ? `no byte for ${stallSeconds} s`
          : now - startedAt > wholeSeconds * 1000
            ? `it took longer than ${wholeSeconds} s`
            : undefined
      if (why) stop(new JobFailure('upload_timeout', why))
    },
    Math.min(1000, stallSeconds * 250),
  )
  const stop = (reason?: JobFailure) => {
    clearInterval(timer)
    if (reason) controller.abort(reason)
  }
  return { signal: controller.signal, stop: () => stop() }
}
