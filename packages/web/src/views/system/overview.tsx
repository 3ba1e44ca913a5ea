import { Activity, Health } from './contracts.ts'
import { useAsked } from './asked.ts'
import { Codes } from './codes.tsx'
import { Disks } from './disks.tsx'
import { Headline } from './headline.tsx'
import { History } from './history.tsx'
import { Kept } from './kept.tsx'
import { Queues } from './queues.tsx'
import { Services } from './services.tsx'
import { Shown } from './shown.tsx'
import { Throughput } from './throughput.tsx'

/** Live enough for whoever watches, and nothing to the server. */
const everyMs = 10_000

/** The system at a glance: pictures, each with one sentence. */
export function Overview() {
  const health = useAsked('/api/health', Health, { everyMs, orStatus: 503 })
  const activity = useAsked('/api/activity?tenant=*', Activity, { everyMs })
  // What hinders both is told once.
  const isSame = !health.value && !activity.value && health.trouble?.code === activity.trouble?.code
  if (health.trouble && isSame)
    return (
      <Shown of={{ ...health, again: () => [health, activity].forEach(({ again }) => again()) }}>
        {() => null}
      </Shown>
    )
  return (
    <div class="stack-wide">
      <div class="headline-room">
        <Shown of={health} lines={2}>
          {(value) => <Headline health={value} />}
        </Shown>
      </div>
      <div class="panels">
        <Shown of={activity} lines={8}>
          {({ hours, queues }) => (
            <>
              <Throughput hours={hours} />
              <Queues queues={queues} />
              <Codes hours={hours} />
            </>
          )}
        </Shown>
        {health.value?.report && (
          <>
            <Services instances={health.value.report.components.services.instances} />
            <Disks folders={health.value.report.components.disk.folders} />
          </>
        )}
        {health.value && <History checks={health.value.history} />}
        {activity.value && <Kept kept={activity.value.kept} />}
      </div>
    </div>
  )
}
