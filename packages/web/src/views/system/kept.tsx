import { t } from '../../texts/index.ts'
import type { Activity } from './contracts.ts'
import { Panel } from './shown.tsx'

const daySeconds = 86_400
const hourSeconds = 3600

/** How long things stay before they are removed by themselves. */
export function Kept({ kept }: { kept: Activity['kept'] }) {
  const { kept: words } = t.value.system
  const uploadHours = Math.round(kept.uploadSeconds / hourSeconds)
  const rows: [string, string][] = [
    [words.completed, words.days(kept.completedDays)],
    [words.failed, words.days(kept.failedDays)],
    [words.cancelled, words.days(kept.cancelledDays)],
    [words.uploads, words.hours(uploadHours)],
    [
      words.events,
      kept.eventSeconds ? words.days(Math.round(kept.eventSeconds / daySeconds)) : words.forGood,
    ],
  ]
  return (
    <Panel title={words.title} says={words.says}>
      <dl class="facts">
        {rows.map(([what, howLong]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{howLong}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
