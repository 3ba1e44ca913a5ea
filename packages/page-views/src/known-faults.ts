import type { JobFailure } from '@pdf-smaller/contracts'

/** What has ended a host, by what it was told to do: it is not done again for a while. */
export type KnownFaults = {
  /** @throws JobFailure as it ended then */
  refuse: (work: string) => void
  add: (work: string, failure: JobFailure) => void
}

const keptMs = 10 * 60_000
const mostKept = 1000

export function openKnownFaults(now: () => number): KnownFaults {
  const faults = new Map<string, { failure: JobFailure; until: number }>()
  return {
    refuse: (work) => {
      const fault = faults.get(work)
      if (fault && fault.until > now()) throw fault.failure
      faults.delete(work)
    },
    add: (work, failure) => {
      faults.set(work, { failure, until: now() + keptMs })
      const [oldest] = faults.keys()
      if (faults.size > mostKept && oldest !== undefined) faults.delete(oldest)
    },
  }
}
