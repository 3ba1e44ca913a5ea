import type { ListedJob } from '../api/job.ts'
import { t } from '../texts/index.ts'
import { lineOf, nameOf, taskOf } from '../state/of-job.ts'
import { tasksAfter } from '../state/steps.ts'
import { Bar } from './bar.tsx'
import { SavingChip } from './saving-chip.tsx'
import { StateChip } from './state-chip.tsx'

/** The state of a job, what is to be said of it, and how far it is. */
export function JobState({ job, more }: { job: ListedJob; more?: string | undefined }) {
  const { jobs } = t.value
  const line = [lineOf(job), more, ...tasksAfter(job.id).map((task) => jobs.goesOn(taskOf(task)))]
    .filter(Boolean)
    .join(' · ')
  const share = job.progress ? job.progress.percentage / 100 : undefined
  return (
    <div class="job-state">
      <div class="job-words">
        <StateChip status={job.status} />
        <SavingChip jobs={[job]} />
        <span class="job-line soft small" title={line}>
          {line}
        </span>
      </div>
      {job.status === 'running' && <Bar share={share} label={jobs.progress(nameOf(job))} />}
    </div>
  )
}
