import { formats, t } from '../../texts/index.ts'
import type { Queue } from './contracts.ts'
import { Panel } from './shown.tsx'

/** What waits for workers now, and what they have. */
export function Queues({ queues }: { queues: readonly Queue[] }) {
  const { queues: words } = t.value.system
  const { number } = formats.value
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
  const out = queues.reduce((sum, queue) => sum + queue.out, 0)
  const most = Math.max(1, ...queues.map((queue) => queue.waiting + queue.out))
  const says = waiting > 0 ? words.says(number(waiting), number(out)) : words.none(number(out))
  return (
    <Panel title={words.title} says={says}>
      <ul class="shares">
        {queues.map(({ domain, waiting: wait, out: atWork }) => (
          <li key={domain}>
            <span>{domain}</span>
            <span class="soft small">{words.each(number(wait), number(atWork))}</span>
            <meter
              class="share"
              max={most}
              value={wait + atWork}
              aria-label={`${domain}: ${words.each(number(wait), number(atWork))}`}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
