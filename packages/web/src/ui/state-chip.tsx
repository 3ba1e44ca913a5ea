import type { JobStatus } from '../api/job.ts'
import { t } from '../texts/index.ts'
import { Chip, type Tone } from './chip.tsx'

const tones: Record<JobStatus, Tone> = {
  scheduled: 'calm',
  queued: 'calm',
  running: 'active',
  retrying: 'warn',
  completed: 'good',
  failed: 'bad',
  cancelled: 'calm',
}

/** The state of a job in a word; its colour only underlines that. */
export function StateChip({ status }: { status: JobStatus }) {
  return <Chip tone={tones[status]}>{t.value.states[status]}</Chip>
}
