import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { type Fact, historyOf } from '../../api/history.ts'
import { Job } from '../../api/job.ts'
import { asTrouble, type Trouble } from '../../api/trouble.ts'
import { followJobs, jobOf, jobsChanged, takeJob } from '../../state/jobs.ts'

export type Followed = { job?: Job; facts: readonly Fact[]; trouble?: Trouble; again: () => void }

type Read = { job?: Job; facts: readonly Fact[]; trouble?: Trouble }

/** A job with all that happened to it. It is read anew when the feed, which all views share, tells of something new. */
export function useFollowedJob(id: string): Followed {
  const [read, setRead] = useState<Read>({ facts: [] })
  const [turn, setTurn] = useState(0)
  useEffect(followJobs, [])
  void jobsChanged.value
  const listed = jobOf(id)?.value
  const isOld = read.job === undefined || (listed?.revision ?? 0) > read.job.revision
  useEffect(() => {
    if (!isOld && turn === 0) return
    let isCurrent = true
    readJob(id).then(
      (now) => {
        if (!isCurrent) return
        setTurn(0)
        setRead(now)
        takeJob(now.job)
      },
      (error: unknown) => isCurrent && setRead((before) => ({ ...before, trouble: asTrouble(error) })),
    )
    return () => {
      isCurrent = false
    }
  }, [id, isOld, listed?.revision, turn])
  const again = () => setTurn((before) => before + 1)
  return { ...read, ...(read.job ? { job: withProgress(read.job, listed?.progress) } : {}), again }
}

async function readJob(id: string): Promise<{ job: Job; facts: Fact[] }> {
  const [job, facts] = await Promise.all([ask(`/api/jobs/${encodeURIComponent(id)}`, Job), historyOf(id)])
  return { job, facts }
}

/** How far it is comes with the feed, and is in no event. */
const withProgress = (job: Job, progress: Job['progress']): Job =>
  job.status === 'running' && progress ? { ...job, progress } : job
