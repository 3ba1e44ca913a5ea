import { memoryOfTree } from './process-tree.ts'

const everyMs = 200

/**
 * Watches what a process and all that it has started hold in memory.
 * @param exceeded called once, when that is more than `mostBytes`
 * @returns stops watching and tells the peak, bytes
 */
export function watchMemory(pid: number, mostBytes: number, exceeded: () => void): () => number {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, memoryOfTree(pid))
    if (peak <= mostBytes) return
    clearInterval(timer)
    exceeded()
  }
  const timer = setInterval(look, everyMs)
  return () => {
    clearInterval(timer)
    look()
    return peak
  }
}
