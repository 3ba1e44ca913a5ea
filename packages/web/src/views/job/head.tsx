import type { Job } from '../../api/job.ts'
import { formats, t } from '../../texts/index.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Bar, Button, Chip, Heading, StateChip } from '../../ui/index.ts'
import { Relatives } from './facts.tsx'
import { saveOrTell } from './files.tsx'

/** What the job is, how far it is, and its result. */
export function Head({ job }: { job: Job }) {
  const { job: words } = t.value
  const { links, outputs, expired } = job
  const title = nameOf(job)
  return (
    <header class="stack job-head">
      <p class="soft small job-task">
        {wordFor(words.tasks, job.task)} ·{' '}
        <time dateTime={job.requestedAt}>{formats.value.time(job.requestedAt)}</time>
      </p>
      <div class="row spread">
        <Heading title={title} />
        {links.result && !expired && (
          <Button
            look="primary"
            onClick={() => void saveOrTell(links.result ?? '', outputs[0]?.name ?? 'result')}
          >
            {words.downloadResult}
          </Button>
        )}
      </div>
      <div class="row job-state">
        <StateChip status={job.status} />
        {job.tag !== undefined && <Chip tone="calm">{job.tag}</Chip>}
        <Relatives job={job} />
      </div>
      {job.status === 'running' && <Running job={job} />}
    </header>
  )
}

function Running({ job: { progress, attempt, limits } }: { job: Job }) {
  const { job: words } = t.value
  const again = attempt > 1 ? [words.attempt(attempt, limits.retries + 1)] : []
  const told = [...(progress ? [wordFor(words.stages, progress.stage), progress.message] : []), ...again]
  return (
    <div class="stack-small">
      <Bar share={progress ? progress.percentage / 100 : undefined} label={words.progress} />
      <p class="soft small">{told.filter(Boolean).join(' · ')}</p>
    </div>
  )
}

function nameOf({ inputs, task }: Job): string {
  const { job: words } = t.value
  const [first] = inputs
  if (!first) return wordFor(words.tasks, task)
  return inputs.length === 1 ? first.name : words.andMore(first.name, inputs.length - 1)
}
