import type { Fact } from '../../api/history.ts'
import { formats, t } from '../../texts/index.ts'
import { toldFact } from './timeline-words.ts'

/** What happened to a job, in its order. */
export function Timeline({ facts }: { facts: readonly Fact[] }) {
  const [first] = facts
  if (!first) return null
  return (
    <section class="stack" aria-label={t.value.job.happened}>
      <h2>{t.value.job.happened}</h2>
      <ol class="timeline">
        {facts.map((fact, index) => (
          <Entry key={index} fact={fact} since={facts[index - 1]} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ fact, since }: { fact: Fact; since: Fact | undefined }) {
  const { what, more } = toldFact(fact)
  const { dateTime, duration } = formats.value
  const passed = since ? Date.parse(fact.time) - Date.parse(since.time) : 0
  return (
    <li class={`fact fact-${fact.type.split('.').at(-2) ?? ''}`}>
      <span>{what}</span>
      {more && <span class="soft small">{more}</span>}
      <span class="soft small">
        <time dateTime={fact.time}>{dateTime(fact.time)}</time>
        {passed >= 50 && ` · ${t.value.job.later(duration(passed))}`}
      </span>
    </li>
  )
}
