import type { ListedJob } from '../api/job.ts'
import { savingOf } from '../state/of-job.ts'
import { formats, t } from '../texts/index.ts'
import { Chip } from './chip.tsx'

/** Less is not worth a word. */
const least = 0.005

/** By how much jobs have made their files smaller; nothing where they were to do something else. */
export function SavingChip({ jobs }: { jobs: readonly ListedJob[] }) {
  const saving = savingOf(jobs)
  if (saving === undefined || saving < least) return null
  return <Chip tone="good">{t.value.jobs.smaller(formats.value.percent(saving))}</Chip>
}
