import { useCallback, useEffect } from 'preact/hooks'
import { addressOf } from '../../routing.ts'
import {
  hasOlder,
  isListed,
  isLive,
  jobIds,
  jobOf,
  listTrouble,
  pagesRead,
  readAgain,
  readOlder,
} from '../../state/jobs.ts'
import { formats, t } from '../../texts/index.ts'
import { Empty, Failure, Heading, LinkButton, Skeleton } from '../../ui/index.ts'
import { Filters } from './filters.tsx'
import { followForecasts } from './forecasts.ts'
import { GroupRow } from './group-row.tsx'
import { JobRow } from './job-row.tsx'
import type { Row } from './rows.ts'
import { filter, found, narrowed, rows } from './shown.ts'
import { WindowList } from './window-list.tsx'

/** All jobs, live. @param query what the list is narrowed to */
export function JobsView({ query }: { query: URLSearchParams }) {
  const { jobs, trouble: words } = t.value
  const said = query.toString()
  useEffect(() => {
    const of = (name: string) => query.get(name) ?? ''
    filter.value = { text: of('text'), status: of('status'), task: of('task'), tag: of('tag') }
  }, [said])
  useEffect(() => followForecasts(() => found.peek()), [])
  const trouble = listTrouble.value
  return (
    <div class="stack">
      <div class="row spread">
        <Heading title={jobs.title} />
        <span class="soft small" role="status">
          {isLive.value ? isListed.value && jobs.shown(formats.value.number(found.value.length)) : jobs.away}
        </span>
      </div>
      {trouble && <Failure trouble={trouble} action={{ words: words.again, act: () => void readAgain() }} />}
      {isListed.value ? <List /> : !trouble && <Skeleton lines={9} />}
    </div>
  )
}

function List() {
  const { jobs } = t.value
  const isEmpty = rows.value.length === 0
  const [page, filtered] = [pagesRead.value, narrowed.value]
  // It is another one with each page and each filter, so that whoever waits for more asks again.
  const readMore = useCallback(() => void readOlder(filtered), [page, filtered, filter.value])
  useEffect(() => {
    if (isEmpty) readMore()
  }, [isEmpty, readMore])
  if (jobIds.value.length === 0)
    return (
      <Empty>
        <p>{jobs.none}</p>
        <LinkButton look="primary" href={addressOf.files()}>
          {jobs.toFiles}
        </LinkButton>
      </Empty>
    )
  return (
    <>
      <Filters />
      {isEmpty && hasOlder(filtered) && !listTrouble.value ? (
        <Skeleton />
      ) : isEmpty ? (
        <Empty>
          <p>{jobs.noneMatch}</p>
          <LinkButton href={addressOf.jobs()}>{jobs.all}</LinkButton>
        </Empty>
      ) : (
        <WindowList
          label={jobs.list}
          rows={rows.value}
          keyOf={(row) => (row.kind === 'job' ? row.id : `group ${row.key}`)}
          draw={draw}
          onNearEnd={readMore}
        />
      )}
    </>
  )
}

function draw(row: Row) {
  if (row.kind === 'group') return <GroupRow row={row} />
  const job = jobOf(row.id)
  return job && <JobRow job={job} inside={row.inside} />
}
