import type { JobNews } from './port.ts'

type Listener = (news: JobNews) => void

/** Who wants to hear of which job. */
export type Watchers = {
  add: (jobId: string, listener: Listener) => () => void
  watched: (jobId: string) => boolean
  tell: (jobId: string, news: JobNews) => void
}

export function openWatchers(): Watchers {
  const listeners = new Map<string, Set<Listener>>()
  return {
    add: (jobId, listener) => {
      const own = listeners.get(jobId) ?? new Set()
      listeners.set(jobId, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(jobId) === own) listeners.delete(jobId)
      }
    },
    watched: (jobId) => listeners.has(jobId),
    tell: (jobId, news) => {
      for (const listener of listeners.get(jobId) ?? []) listener(news)
    },
  }
}
