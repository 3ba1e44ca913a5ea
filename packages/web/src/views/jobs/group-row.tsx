import { jobNow, jobsChanged } from '../../state/jobs.ts'
import { taskOf } from '../../state/of-job.ts'
import { formats, t } from '../../texts/index.ts'
import { Bar, Button, SavingChip, StateChip } from '../../ui/index.ts'
import { unfolded } from './shown.ts'
import type { Row } from './rows.ts'

/** Jobs that belong together, in one line. */
export function GroupRow({ row: { key, chain, ids, isOpen } }: { row: Row & { kind: 'group' } }) {
  void jobsChanged.value
  const { jobs } = t.value
  const members = ids.flatMap((id) => jobNow(id) ?? [])
  const [newest] = members
  const counts = Map.groupBy(members, ({ status }) => status)
  const ended = members.filter(({ finishedAt }) => finishedAt !== undefined).length
  const title = chain ? jobs.chain(ids.length) : jobs.group(ids.length, taskOf(newest?.task ?? ''))
  const toggle = () => {
    const next = new Set(unfolded.peek())
    if (!next.delete(key)) next.add(key)
    unfolded.value = next
  }
  return (
    <article class="job-row job-group">
      <div class="job-what">
        <span class="job-name">{title}</span>
        <span class="soft small job-about">
          {formats.value.time(newest?.requestedAt ?? '')}
          {newest?.tag && <span class="tag">{newest.tag}</span>}
        </span>
      </div>
      <div class="job-state">
        <div class="job-words">
          {[...counts].map(([status, some]) => (
            <span key={status} class="row counted">
              <StateChip status={status} /> <span class="small soft">{some.length}</span>
            </span>
          ))}
          <SavingChip jobs={members} />
        </div>
        {ended < members.length && <Bar share={ended / members.length} label={title} />}
      </div>
      <div class="job-acts">
        <Button
          small
          look="quiet"
          expanded={isOpen}
          label={`${isOpen ? jobs.fold : jobs.unfold}: ${title}`}
          onClick={toggle}
        >
          {isOpen ? jobs.fold : jobs.unfold}
        </Button>
      </div>
    </article>
  )
}
