import type { ListedJob } from '../api/job.ts'
import { formats, t } from '../texts/index.ts'
import { lineOf, nameOf, savingOf } from '../state/of-job.ts'
import { Bar } from './bar.tsx'
import { Chip } from './chip.tsx'
import { StateChip } from './state-chip.tsx'

/** The state of a job, what is to be said of it, and how far it is. */
export function JobState({ job, more }: { job: ListedJob; more?: string | undefined }) {
  const { jobs } = t.value
  const saving = savingOf(job)
  const line = [lineOf(job), more].filter(Boolean).join(' · ')
  const share = job.progress ? job.progress.percentage / 100 : undefined
  return (
    <div class="job-state">
      <div class="job-words">
        <StateChip status={job.status} />
        {saving !== undefined && saving >= 0.005 && (
          <Chip tone="good">{jobs.smaller(formats.value.percent(saving))}</Chip>
        )}
        <span class="job-line soft small" title={line}>
          {line}
        </span>
      </div>
      {job.status === 'running' && <Bar share={share} label={jobs.progress(nameOf(job))} />}
    </div>
  )
}
