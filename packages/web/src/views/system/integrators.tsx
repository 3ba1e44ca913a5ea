import { formats, t } from '../../texts/index.ts'
import { Chip, Empty, Table } from '../../ui/index.ts'
import { useAsked } from './asked.ts'
import { EventConsumers } from './contracts.ts'
import { Shown } from './shown.tsx'

const everyMs = 5000

/** Those who read events from NATS, and how far behind each is. */
export function Integrators() {
  const { integrators: words } = t.value.system
  const { number } = formats.value
  const answered = useAsked('/api/event-consumers?tenant=*', EventConsumers, { everyMs })
  return (
    <div class="stack">
      <p class="soft">{words.why}</p>
      <Shown of={answered}>
        {({ consumers }) =>
          consumers.length === 0 ? (
            <Empty>
              <p>{words.none}</p>
              <p class="small">{words.how}</p>
            </Empty>
          ) : (
            <Table
              caption={words.title}
              rows={consumers}
              keyOf={({ tenant, name }) => `${tenant} ${name}`}
              columns={[
                { title: words.name, cell: ({ name }) => name },
                { title: words.tenant, cell: ({ tenant }) => tenant },
                { title: words.waiting, figure: true, cell: ({ lag }) => number(lag.waiting) },
                { title: words.out, figure: true, cell: ({ lag }) => number(lag.out) },
                {
                  title: words.connection,
                  cell: ({ lag: { pulls } }) => (
                    <Chip tone={pulls > 0 ? 'good' : 'calm'}>{pulls > 0 ? words.connected : words.away}</Chip>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
    </div>
  )
}
