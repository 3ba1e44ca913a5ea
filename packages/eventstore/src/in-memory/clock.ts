/** A clock that stands until it is told to go on. */
export type Clock = {
  nowMs: () => number
  /** Runs something when its time has come, or, where that is over, as soon as what runs now has ended. */
  at: (dueMs: number, run: () => void) => { cancel: () => void }
  /** Lets time pass; what falls due runs in its order, each at its own time. */
  advance: (ms: number) => void
}

export function openClock(startMs: number): Clock {
  let nowMs = startMs
  const alarms = new Set<{ dueMs: number; run: () => void }>()
  const nextUntil = (endMs: number) =>
    [...alarms].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0]
  return {
    nowMs: () => nowMs,
    at: (dueMs, run) => {
      const alarm = { dueMs, run }
      alarms.add(alarm)
      if (dueMs <= nowMs) queueMicrotask(() => alarms.delete(alarm) && run())
      return { cancel: () => alarms.delete(alarm) }
    },
    advance: (ms) => {
      const endMs = nowMs + ms
      for (let alarm = nextUntil(endMs); alarm; alarm = nextUntil(endMs)) {
        alarms.delete(alarm)
        nowMs = Math.max(nowMs, alarm.dueMs)
        alarm.run()
      }
      nowMs = endMs
    },
  }
}
