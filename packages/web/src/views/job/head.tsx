import type { Job } from '../../api/job.ts'
import { addressOf } from '../../routing.ts'
import { cancelJob, deleteJob, downloadResult, useAsInput } from '../../state/commands.ts'
import { isInput, isOpen, lineOf, nameOf, taskOf } from '../../state/of-job.ts'
import { formats, t } from '../../texts/index.ts'
import { Bar, Button, Chip, Heading, Menu, StateChip } from '../../ui/index.ts'
import { Relatives } from './facts.tsx'
import { runAgain } from './run-again.ts'

/** What the job is, how far it is, and what can be done with it. */
export function Head({ job }: { job: Job }) {
  return (
    <header class="stack job-head">
      <p class="soft small">
        {taskOf(job.task)} · <time dateTime={job.requestedAt}>{formats.value.time(job.requestedAt)}</time>
      </p>
      <div class="job-title">
        <Heading title={nameOf(job)} />
        <Acts job={job} />
      </div>
      <div class="row">
        <StateChip status={job.status} />
        {job.tag !== undefined && <Chip tone="calm">{job.tag}</Chip>}
        {job.status !== 'failed' && job.status !== 'retrying' && (
          <span class="soft small">{lineOf(job)}</span>
        )}
        <Relatives job={job} />
      </div>
      {job.status === 'running' && <Running job={job} />}
    </header>
  )
}

function Running({ job }: { job: Job }) {
  const { progress } = job
  return (
    <div class="stack-small">
      <Bar
        share={progress ? progress.percentage / 100 : undefined}
        label={t.value.jobs.progress(nameOf(job))}
      />
      <p class="soft small">{progress?.message}</p>
    </div>
  )
}

const hasResult = (job: Job) => job.links.result !== undefined && !job.expired

function Acts({ job }: { job: Job }) {
  const { jobs, job: words } = t.value
  const remove = () => {
    deleteJob(job)
    location.hash = addressOf.jobs()
  }
  return (
    <div class="job-head-acts">
      {hasResult(job) && (
        <Button look="primary" onClick={() => void downloadResult(job)}>
          {words.downloadResult}
        </Button>
      )}
      {isOpen(job) && <Button onClick={() => void cancelJob(job)}>{jobs.cancel}</Button>}
      {!isOpen(job) && (
        <Menu label={jobs.more(nameOf(job))}>
          {hasResult(job) && isInput(job) && (
            <Button look="quiet" onClick={() => void useAsInput(job)}>
              {jobs.asInput}
            </Button>
          )}
          {!job.expired && (
            <Button look="quiet" onClick={() => void runAgain(job)}>
              {jobs.retry}
            </Button>
          )}
          <Button look="danger" onClick={remove}>
            {jobs.remove}
          </Button>
        </Menu>
      )}
    </div>
  )
}
