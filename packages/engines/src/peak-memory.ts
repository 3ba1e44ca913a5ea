import { readFileSync } from 'node:fs'

const longestPauseMs = 200

/**
 * Watches the most memory a process has held. Linux tells it only while the process lives (`VmHWM` of proc(5)), so it
 * is read again and again, often at first; a process of a few milliseconds may end unseen and counts as 0.
 * @returns stops watching and tells the peak, bytes
 */
export function watchPeakMemory(pid: number): () => number {
  let peak = 0
  let pauseMs = 4
  let timer: NodeJS.Timeout
  const look = () => {
    peak = Math.max(peak, peakOf(pid))
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    timer = setTimeout(look, pauseMs).unref()
  }
  timer = setTimeout(look, pauseMs).unref()
  return () => {
    clearTimeout(timer)
    return peak
  }
}

function peakOf(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}
