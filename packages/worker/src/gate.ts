export type Release = () => void

/** Lets many attempts run side by side, or one alone. */
export type Gate = {
  share: () => Promise<Release>
  /** Waits until nobody else is in, and keeps everybody out until released. */
  alone: () => Promise<Release>
}

/**
 * A redelivered job is a suspect: its file may have killed the worker before. Alone in its process it can take
 * nobody else's delivery with it. First come, first served, so neither kind starves.
 */
export function openGate(): Gate {
  let inside = 0
  let closed = false
  const queue: { exclusive: boolean; enter: () => void }[] = []

  const admit = () => {
    for (let next = queue[0]; next; next = queue[0]) {
      if (closed || (next.exclusive && inside > 0)) return
      queue.shift()
      inside++
      closed = next.exclusive
      next.enter()
    }
  }
  const enter = (exclusive: boolean): Promise<Release> =>
    new Promise((resolve) => {
      queue.push({ exclusive, enter: () => resolve(leave) })
      admit()
    })
  const leave = () => {
    inside--
    closed = false
    admit()
  }
  return { share: () => enter(false), alone: () => enter(true) }
}
