import { formats, t } from '../../texts/index.ts'
import { Chip, type Tone } from '../../ui/index.ts'
import type { Health, HealthStatus } from './contracts.ts'

export const tones: Record<HealthStatus, Tone> = { healthy: 'good', degraded: 'warn', unhealthy: 'bad' }

const parts = ['events', 'objects', 'engines', 'disk', 'llm', 'services'] as const

/** Whether all is well; where it is not, what is wrong in words. */
export function Headline({ health: { status, issues, report } }: { health: Health }) {
  const { health } = t.value.system
  return (
    <section class={`headline headline-${status} stack`} role="status">
      <h2>{health.says[status]}</h2>
      {issues.length > 0 && (
        <ul class="issues">
          {issues.map((issue) => (
            <li key={issue}>{issue}</li>
          ))}
        </ul>
      )}
      {report && (
        <div class="row">
          {parts.map((part) => {
            const judged = report.components[part]
            return judged && <Chip tone={tones[judged.status]}>{health.parts[part]}</Chip>
          })}
          <span class="small soft">{health.checked(formats.value.time(report.at))}</span>
        </div>
      )}
    </section>
  )
}
