import { useState } from 'preact/hooks'
import { t } from '../../texts/index.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Button, Chip, Empty, type Tone } from '../../ui/index.ts'
import { useAsked } from './asked.ts'
import { type Webhook, Webhooks } from './contracts.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { Shown } from './shown.tsx'

const tones: Record<string, Tone> = { enabled: 'good', failing: 'bad', disabled: 'calm' }

/** The addresses that events are sent to, each with the log of what was sent. */
export function WebhookList() {
  const { webhooks: words } = t.value.system
  const answered = useAsked('/api/webhooks', Webhooks)
  const [open, setOpen] = useState<string>()
  return (
    <div class="stack">
      <p class="soft">{words.why}</p>
      <Shown of={answered}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <Empty>
              <p>{words.none}</p>
              <p class="small">{words.how}</p>
            </Empty>
          ) : (
            <ul class="stack">
              {webhooks.map((webhook) => (
                <li class="card stack" key={webhook.id}>
                  <WebhookRow
                    webhook={webhook}
                    isOpen={open === webhook.id}
                    onOpen={() => setOpen(open === webhook.id ? undefined : webhook.id)}
                  />
                  {open === webhook.id && <DeliveryLog webhook={webhook} onChange={answered.again} />}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </div>
  )
}

type RowProps = { webhook: Webhook; isOpen: boolean; onOpen: () => void }

function WebhookRow({ webhook: { id, url, name, status }, isOpen, onOpen }: RowProps) {
  const { webhooks: words } = t.value.system
  return (
    <div class="row spread">
      <div class="grow">
        <h2>{name ?? (url ? new URL(url).host : words.ofRequests)}</h2>
        <p class="small soft mono">{url ?? id}</p>
      </div>
      <Chip tone={tones[status] ?? 'calm'}>{wordFor(words.states, status)}</Chip>
      <Button label={`${words.log} ${name ?? url ?? id}`} onClick={onOpen}>
        {isOpen ? words.fold : words.log}
      </Button>
    </div>
  )
}
