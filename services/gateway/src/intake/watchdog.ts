import type { IncomingMessage } from 'node:http'
import { JobFailure } from '@pdf-smaller/contracts'

export type Watchdog = { signal: AbortSignal; stop: () => void }

/**
 * Aborts with upload_timeout when a request's body brings no byte for `stallSeconds`, or takes longer than
 * `wholeSeconds`. Time in which we ourselves hold the client back does not count as a stall, nor does time in which this
 * process stood still: it is told by looks, between which there is always a chance to read.
 */
export function watchUpload(
  request: IncomingMessage,
  { stallSeconds, wholeSeconds }: { stallSeconds: number; wholeSeconds: number },
): Watchdog {
  const controller = new AbortController()
  const startedAt = performance.now()
  const everyMs = Math.min(1000, stallSeconds * 250)
  let silentMs = 0
  let heard = request.socket.bytesRead
  const timer = setInterval(() => {
    const { bytesRead } = request.socket
    silentMs = bytesRead !== heard || request.isPaused() || request.complete ? 0 : silentMs + everyMs
    heard = bytesRead
    const why =
      silentMs > stallSeconds * 1000
        ? `no byte for ${stallSeconds} s`
        : performance.now() - startedAt > wholeSeconds * 1000
          ? `it took longer than ${wholeSeconds} s`
          : undefined
    if (why) stop(new JobFailure('upload_timeout', why))
  }, everyMs)
  const stop = (reason?: JobFailure) => {
    clearInterval(timer)
    if (reason) controller.abort(reason)
  }
  return { signal: controller.signal, stop: () => stop() }
}
