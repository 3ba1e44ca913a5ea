import { t } from '../../texts/index.ts'
import { Failure, Heading, Skeleton } from '../../ui/index.ts'
import { Facts } from './facts.tsx'
import { Failed } from './failed.tsx'
import { Files } from './files.tsx'
import { useFollowedJob } from './followed-job.ts'
import { Head } from './head.tsx'
import './job.css'
import { runAgain } from './run-again.ts'
import { Shown } from './shown.tsx'
import { Timeline } from './timeline.tsx'

/** A job's page: what came of it, what there is to see, what happened, and what it was asked for. */
export function JobView({ id }: { id: string }) {
  const { job, facts, trouble, again } = useFollowedJob(id)
  const action = { words: t.value.trouble.again, act: again }
  if (!job && trouble)
    return (
      <div class="stack-wide">
        <Heading title={t.value.job.title} />
        <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
      </div>
    )
  if (!job) return <Skeleton lines={8} />
  return (
    <div class="stack-wide job">
      <Head job={job} />
      {(job.status === 'failed' || job.status === 'retrying') && (
        <Failed job={job} onAgain={() => void runAgain(job)} />
      )}
      <Shown job={job} />
      <div class="job-facts">
        <Timeline facts={facts} />
        <div class="stack-wide">
          <Files job={job} />
          <Facts job={job} />
        </div>
      </div>
    </div>
  )
}
