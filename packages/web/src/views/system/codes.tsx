import { addressOf } from '../../routing.ts'
import { formats, t } from '../../texts/index.ts'
import { Empty } from '../../ui/index.ts'
import type { Hour } from './contracts.ts'
import { Panel } from './shown.tsx'

/** As many as are read. */
const shownAtOnce = 8

/** Failures of the last day by their codes, the most frequent first. */
export function Codes({ hours }: { hours: readonly Hour[] }) {
  const { codes: words } = t.value.system
  const { number } = formats.value
  const found = countsOf(hours)
  const [first] = found
  const says = first ? words.says(first[0], number(first[1])) : words.none
  return (
    <Panel title={words.title} says={says}>
      {first ? (
        <ul class="shares">
          {found.slice(0, shownAtOnce).map(([code, jobs]) => (
            <li key={code}>
              <a href={addressOf.jobs({ code })}>{code}</a>
              <span class="soft small">{number(jobs)}</span>
              <meter class="share share-bad" max={first[1]} value={jobs} aria-label={`${code}: ${jobs}`} />
            </li>
          ))}
        </ul>
      ) : (
        <Empty>
          <p>{words.calm}</p>
        </Empty>
      )}
    </Panel>
  )
}

/** @returns codes with their jobs */
export function countsOf(hours: readonly Hour[]): [code: string, jobs: number][] {
  const counts = new Map<string, number>()
  for (const { codes } of hours)
    for (const [code, jobs] of Object.entries(codes)) counts.set(code, (counts.get(code) ?? 0) + jobs)
  return [...counts].toSorted(([, one], [, other]) => other - one)
}
