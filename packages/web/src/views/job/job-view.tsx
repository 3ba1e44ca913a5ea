import { t } from '../../texts/index.ts'
import { Heading } from '../../ui/index.ts'

/** A job's page. */
export function JobView({ id }: { id: string }) {
  return (
    <div class="stack-wide">
      <Heading title={t.value.job.title} />
      <p class="soft">{id}</p>
    </div>
  )
}
