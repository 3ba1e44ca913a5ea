import { isHeld, memoryOfTree } from './process-tree.ts'

const everyMs = 200
/** Looks one after the other that find a process held; a debugger or a person may hold one for a moment. */
const mostHeld = 75

/** What ends a host: more memory than it may have, or being held, in which it could be silent for ever. */
export type Overstepped = 'memory' | 'held'

/**
 * Watches a process and all that it has started: what they hold in memory, and whether somebody has stopped one of them.
 * @param overstepped called once, when that is more than `mostBytes`, or when one stays stopped
 * @returns stops watching and tells the peak of memory, bytes
 */
export function watchTree(
  pid: number,
  mostBytes: number,
  overstepped: (how: Overstepped) => void,
): () => number {
  let [peak, held] = [0, 0]
  const look = () => {
    peak = Math.max(peak, memoryOfTree(pid))
    held = isHeld(pid) ? held + 1 : 0
    if (peak <= mostBytes && held < mostHeld) return
    clearInterval(timer)
    overstepped(peak > mostBytes ? 'memory' : 'held')
  }
  const timer = setInterval(look, everyMs)
  return () => {
    clearInterval(timer)
    peak = Math.max(peak, memoryOfTree(pid))
    return peak
  }
}
