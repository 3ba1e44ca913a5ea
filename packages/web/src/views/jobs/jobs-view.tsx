import { t } from '../../texts/index.ts'
import { Empty, Heading } from '../../ui/index.ts'

/** @param query what the list is narrowed to */
export function JobsView({ query }: { query: URLSearchParams }) {
  const { jobs } = t.value
  return (
    <div class="stack-wide">
      <Heading title={jobs.title} />
      <Empty>
        <p>{jobs.none}</p>
        <p class="small">{query.toString()}</p>
      </Empty>
    </div>
  )
}
