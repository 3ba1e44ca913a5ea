import { formats, t } from '../../texts/index.ts'
import type { Check } from './contracts.ts'
import { Panel } from './shown.tsx'

/** The checks of the last day, the oldest first: one mark each. */
export function History({ checks }: { checks: readonly Check[] }) {
  const { history: words } = t.value.system
  const { number, time } = formats.value
  const bad = checks.filter(({ status }) => status !== 'healthy')
  const says =
    bad.length === 0
      ? words.calm(number(checks.length))
      : words.says(number(bad.length), number(checks.length))
  const [newest] = bad
  return (
    <Panel title={words.title} says={says}>
      <div class="marks" role="img" aria-label={says}>
        {checks.toReversed().map(({ at, status, issues }) => (
          <i key={at} class={`mark mark-${status}`} title={[time(at), ...issues].join('\n')} />
        ))}
      </div>
      {newest && (
        <p class="small soft">
          {words.last(time(newest.at))} {newest.issues[0]}
        </p>
      )}
    </Panel>
  )
}
