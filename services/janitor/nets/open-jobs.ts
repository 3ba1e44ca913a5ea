import { isJobEvent, type JobView } from '@pdf-smaller/contracts'
import { evolve, isDecided } from '@pdf-smaller/domain'
import type { JobStore, Log } from '@pdf-smaller/platform'

/** The jobs without an outcome, in memory; read from the stream at start. */
export type OpenJobs = {
  /** Undefined until everything stored has been read. */
  all: () => JobView[] | undefined
  stop: () => void
}

export function followOpenJobs(store: JobStore, log: Log): OpenJobs {
  const open = new Map<string, JobView>()
  let caughtUp = false
  const { stop } = store.follow({
    from: { sequence: 0 },
    onBegin: () => {
      open.clear()
      caughtUp = false
    },
    filters: ['pdf.>'],
    onEvent: ({ event, sequence }) => {
      // A janitor of the release that wrote it looks after the job.
      if (event.type === 'newer') open.delete(event.subject)
      if (!isJobEvent(event)) return
      const job = evolve(open.get(event.subject), event, sequence)
      if (job && !isDecided(job)) open.set(job.id, job)
      else open.delete(event.subject)
    },
    // The projections keep what is no event and tell of it.
    onPoison: () => {},
    onCaughtUp: () => (caughtUp = true),
    onInterruption: (error) => log.warn({ err: error }, 'the janitor cannot read events; it tries again'),
  })
  return { all: () => (caughtUp ? [...open.values()] : undefined), stop }
}
