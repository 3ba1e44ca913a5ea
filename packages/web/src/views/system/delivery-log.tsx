import { ask } from '../../api/ask.ts'
import { addressOf } from '../../routing.ts'
import { formats, t } from '../../texts/index.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Button, Chip, Empty, Failure, Table, tell, type Tone, useAct } from '../../ui/index.ts'
import { useAsked } from './asked.ts'
import { Deliveries, type Delivery, Sent, type Webhook } from './contracts.ts'
import { Shown } from './shown.tsx'
import { pathOf, WebhookActs } from './webhook-acts.tsx'

const everyMs = 5000
const tones: Record<string, Tone> = { delivered: 'good', failed: 'warn', 'given up': 'bad' }

/** What can be done with a webhook, and what was sent to it and what came of it, the newest first; each can be sent again. */
export function DeliveryLog({
  webhook,
  onChange,
  onSecret,
}: {
  webhook: Webhook
  onChange: () => void
  onSecret: (secret: string) => void
}) {
  const { webhooks: words } = t.value.system
  const address = `${pathOf(webhook)}/deliveries`
  const answered = useAsked(address, Deliveries, { everyMs })
  const { trouble, carryOut } = useAct()
  const changed = () => {
    answered.again()
    onChange()
  }
  const sendAgain = async (sequence: number) => {
    await ask(`${address}/${sequence}/redeliver`, Sent, { method: 'POST', json: {} })
    tell(words.sentAgain)
    changed()
  }
  return (
    <div class="stack">
      <WebhookActs webhook={webhook} onChange={changed} onErased={onChange} onSecret={onSecret} />
      {trouble && <Failure trouble={trouble} />}
      <Shown of={answered}>
        {({ deliveries }) => (
          <Log deliveries={deliveries} onAgain={(sequence) => carryOut(() => sendAgain(sequence))} />
        )}
      </Shown>
    </div>
  )
}

function Log({ deliveries, onAgain }: { deliveries: Delivery[]; onAgain: (sequence: number) => void }) {
  const { webhooks: words } = t.value.system
  if (deliveries.length === 0)
    return (
      <Empty>
        <p>{words.nothing}</p>
      </Empty>
    )
  return (
    <Table
      caption={words.log}
      rows={deliveries}
      keyOf={({ messageId, attempt, at }) => `${messageId} ${attempt} ${at}`}
      columns={[
        { title: words.at, cell: ({ at }) => formats.value.time(at) },
        {
          title: words.event,
          cell: ({ eventType, jobId }) =>
            jobId ? <a href={addressOf.job(jobId)}>{shortType(eventType)}</a> : shortType(eventType),
        },
        { title: words.outcome, cell: (delivery) => <Outcome delivery={delivery} /> },
        { title: words.took, figure: true, cell: ({ ms }) => formats.value.duration(ms) },
        {
          title: words.again,
          cell: ({ sequence }) =>
            sequence === undefined ? null : (
              <Button small label={`${words.again} ${sequence}`} onClick={() => onAgain(sequence)}>
                {words.again}
              </Button>
            ),
        },
      ]}
    />
  )
}

function Outcome({ delivery: { outcome, status, error, attempt, nextAt } }: { delivery: Delivery }) {
  const { webhooks: words } = t.value.system
  const why = error ?? (status === undefined ? '' : words.answered(status))
  return (
    <>
      <Chip tone={tones[outcome] ?? 'calm'}>{wordFor(words.outcomes, outcome)}</Chip>
      <p class="small soft">
        {why} {attempt > 1 && words.attempt(attempt)} {nextAt && words.next(formats.value.time(nextAt))}
      </p>
    </>
  )
}

/** `pdfsmaller.job.completed.v1` as `job.completed`. */
const shortType = (type: string) => type.replace(/^pdfsmaller\./, '').replace(/\.v\d+$/, '')
