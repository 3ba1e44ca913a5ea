import type { ReadonlySignal } from '@preact/signals'
import type { ListedJob } from '../../api/job.ts'
import { addressOf } from '../../routing.ts'
import { cancelJob, deleteJob, downloadResult, retryJob, useAsInput } from '../../state/commands.ts'
import { isInput, isOpen, nameOf, taskOf } from '../../state/of-job.ts'
import { formats, t } from '../../texts/index.ts'
import { Button, JobState, Menu } from '../../ui/index.ts'
import { forecasts, placed } from './forecasts.ts'

/** A job in the list. It follows its own job, so that news of one draw one row. */
export function JobRow({ job: { value: job }, inside }: { job: ReadonlySignal<ListedJob>; inside: boolean }) {
  const { jobs } = t.value
  return (
    <article class={`job-row ${inside ? 'job-inside' : ''}`}>
      <div class="job-what">
        <a class="job-name" href={addressOf.job(job.id)} title={nameOf(job)}>
          {nameOf(job)}
        </a>
        <span class="soft small job-about">
          {taskOf(job.task)} · {formats.value.time(job.requestedAt)}
          {job.tag && <span class="tag">{job.tag}</span>}
        </span>
      </div>
      <JobState job={job} more={expectation(job)} />
      <div class="job-acts">
        <MainAct job={job} />
        <Menu label={jobs.more(nameOf(job))}>
          <MoreActs job={job} />
        </Menu>
      </div>
    </article>
  )
}

/** Its place in the queue, and when it is expected to be done. */
function expectation(job: ListedJob): string {
  const { jobs } = t.value
  const place = job.status === 'queued' ? placed.value.get(job.id) : undefined
  const endsAt = isOpen(job) ? forecasts.value.get(job.id) : undefined
  return [place === undefined ? '' : jobs.place(place), endsAt ? jobs.endsAt(formats.value.time(endsAt)) : '']
    .filter(Boolean)
    .join(' · ')
}

const hasResult = (job: ListedJob) => job.status === 'completed' && !job.expired && job.outputs.length > 0

function MainAct({ job }: { job: ListedJob }) {
  const { jobs } = t.value
  if (hasResult(job))
    return (
      <Button small onClick={() => void downloadResult(job)}>
        {jobs.download}
      </Button>
    )
  if (isOpen(job))
    return (
      <Button small onClick={() => void cancelJob(job)}>
        {jobs.cancel}
      </Button>
    )
  if (job.expired) return null
  return (
    <Button small onClick={() => void retryJob(job)}>
      {jobs.retry}
    </Button>
  )
}

function MoreActs({ job }: { job: ListedJob }) {
  const { jobs, files } = t.value
  return (
    <>
      <a class="button button-quiet" href={addressOf.job(job.id)}>
        {files.open}
      </a>
      {hasResult(job) && isInput(job) && (
        <Button look="quiet" onClick={() => void useAsInput(job)}>
          {jobs.asInput}
        </Button>
      )}
      {hasResult(job) && (
        <Button look="quiet" onClick={() => void retryJob(job)}>
          {jobs.retry}
        </Button>
      )}
      {!isOpen(job) && (
        <Button look="danger" onClick={() => deleteJob(job)}>
          {jobs.remove}
        </Button>
      )}
    </>
  )
}
