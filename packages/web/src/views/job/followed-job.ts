import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { openFeed } from '../../api/feed.ts'
import { type Fact, historyOf } from '../../api/history.ts'
import { Job, Progress } from '../../api/job.ts'
import { asTrouble, type Trouble } from '../../api/trouble.ts'

export type Followed = { job?: Job; facts: readonly Fact[]; trouble?: Trouble; again: () => void }

/** A job with all that happened to it, followed as long as it is looked at. */
export function useFollowedJob(id: string): Followed {
  const [state, setState] = useState<{ job?: Job; facts: Fact[]; trouble?: Trouble }>({ facts: [] })
  const [turn, setTurn] = useState(0)
  const again = () => setTurn((before) => before + 1)
  useEffect(() => {
    let isCurrent = true
    Promise.all([ask(`/api/jobs/${encodeURIComponent(id)}`, Job), historyOf(id)]).then(
      ([job, facts]) => isCurrent && setState({ job, facts }),
      (error: unknown) => isCurrent && setState((before) => ({ ...before, trouble: asTrouble(error) })),
    )
    return () => {
      isCurrent = false
    }
  }, [id, turn])
  useEffect(
    () =>
      openFeed({
        onLive: () => {},
        onAnew: () => {},
        onEvent: ({ sequence, event }) => {
          if (event.subject !== id) return
          if (sequence !== undefined) return again()
          const progress = Progress.safeParse(event.data).data
          if (progress) setState((before) => withProgress(before, progress))
        },
      }),
    [id],
  )
  return { ...state, again }
}

function withProgress<State extends { job?: Job }>(state: State, progress: Progress): State {
  return state.job?.status === 'running' ? { ...state, job: { ...state.job, progress } } : state
}
