import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { formats, t } from '../../texts/index.ts'
import { Button, Chip, Empty, Table, tell } from '../../ui/index.ts'
import { useAsked } from './asked.ts'
import { EndedIntegrator, type EventConsumer, EventConsumers } from './contracts.ts'
import { NewIntegrator } from './new-integrator.tsx'
import { OnceDialog, type ToldOnce } from './once.tsx'
import { Shown } from './shown.tsx'
import { SureDialog } from './sure.tsx'

const everyMs = 5000

/** Those who read events from NATS, and how far behind each is. */
export function Integrators() {
  const { integrators: words } = t.value.system
  const [isOfAll, setOfAll] = useState(true)
  const answered = useAsked(`/api/event-consumers${isOfAll ? '?tenant=*' : ''}`, EventConsumers, { everyMs })
  // Whoever may not see those of all tenants sees those of the own one.
  const isRefused = isOfAll && answered.trouble?.code === 'forbidden'
  useEffect(() => {
    if (isRefused) setOfAll(false)
  }, [isRefused])
  const [isAsking, setAsking] = useState(false)
  const [told, setTold] = useState<readonly ToldOnce[]>()
  const [ending, setEnding] = useState<EventConsumer>()
  const onMade = (made: readonly ToldOnce[]) => {
    setAsking(false)
    setTold(made)
    answered.again()
  }
  const { once } = words
  return (
    <div class="stack">
      <div class="row spread">
        <p class="soft grow">{words.why}</p>
        <Button onClick={() => setAsking(true)}>{words.add}</Button>
      </div>
      {isAsking && <NewIntegrator onMade={onMade} onClose={() => setAsking(false)} />}
      {told && (
        <OnceDialog title={once.title} why={once.why} told={told} onClose={() => setTold(undefined)} />
      )}
      {ending && (
        <SureDialog
          title={words.endTitle(ending.name)}
          says={words.endSays}
          words={words.end}
          act={() => end(ending).then(answered.again)}
          onClose={() => setEnding(undefined)}
        />
      )}
      <Shown of={isRefused ? { again: answered.again } : answered}>
        {({ consumers }) =>
          consumers.length === 0 ? (
            <Empty>
              <p>{words.none}</p>
            </Empty>
          ) : (
            <List consumers={consumers} onEnd={setEnding} />
          )
        }
      </Shown>
    </div>
  )
}

async function end({ tenant, name }: EventConsumer): Promise<void> {
  const { integrators: words } = t.value.system
  const path = `/api/event-consumers/${encodeURIComponent(name)}?${new URLSearchParams({ tenant })}`
  const { accountToRemove } = await ask(path, EndedIntegrator, { method: 'DELETE' })
  tell(accountToRemove ? words.endedBut(accountToRemove) : words.ended(name))
}

type ListProps = { consumers: EventConsumer[]; onEnd: (consumer: EventConsumer) => void }

function List({ consumers, onEnd }: ListProps) {
  const { integrators: words } = t.value.system
  const { number } = formats.value
  return (
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
        {
          title: words.end,
          figure: true,
          cell: (consumer) => (
            <Button
              small
              look="danger"
              label={`${words.end}: ${consumer.name}`}
              onClick={() => onEnd(consumer)}
            >
              {words.end}
            </Button>
          ),
        },
      ]}
    />
  )
}
