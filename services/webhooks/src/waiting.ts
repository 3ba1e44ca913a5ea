/** So many messages of one endpoint wait for retries at most; more stay where they are, in the stream of jobs. */
export const mostWaiting = 1000

/** Which messages wait for retries that this process has put aside. */
export type Waiting = {
  add: (endpoint: string, sequence: number) => void
  remove: (endpoint: string, sequence: number) => void
  isFull: (endpoint: string) => boolean
}

export function openWaiting(most = mostWaiting): Waiting {
  const all = new Map<string, Set<number>>()
  return {
    add: (endpoint, sequence) => {
      const own = all.get(endpoint) ?? new Set()
      all.set(endpoint, own.add(sequence))
    },
    remove: (endpoint, sequence) => {
      const own = all.get(endpoint)
      own?.delete(sequence)
      if (own?.size === 0) all.delete(endpoint)
    },
    isFull: (endpoint) => (all.get(endpoint)?.size ?? 0) >= most,
  }
}
