import { useState } from 'preact/hooks'
import { t } from '../../texts/index.ts'
import { shownName } from '../../texts/shown-name.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Button, Chip, Empty, type Tone } from '../../ui/index.ts'
import { useAsked } from './asked.ts'
import { type Webhook, Webhooks } from './contracts.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { NewWebhook } from './new-webhook.tsx'
import { OnceDialog } from './once.tsx'
import { Shown } from './shown.tsx'

const tones: Record<string, Tone> = { enabled: 'good', failing: 'bad', disabled: 'calm' }

/** The addresses that events are sent to, each with the log of what was sent. */
export function WebhookList() {
  const { webhooks: words } = t.value.system
  const answered = useAsked('/api/webhooks', Webhooks)
  const [open, setOpen] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const [secret, setSecret] = useState<string>()
  const onMade = (made: string) => {
    setAsking(false)
    setSecret(made)
    answered.again()
  }
  return (
    <div class="stack">
      <div class="row spread">
        <p class="soft grow">{words.why}</p>
        <Button onClick={() => setAsking(true)}>{words.add}</Button>
      </div>
      {isAsking && <NewWebhook onMade={onMade} onClose={() => setAsking(false)} />}
      {secret && <Secret secret={secret} onClose={() => setSecret(undefined)} />}
      <Shown of={answered}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <Empty>
              <p>{words.none}</p>
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
                  {open === webhook.id && (
                    <DeliveryLog webhook={webhook} onChange={answered.again} onSecret={setSecret} />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </div>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { secret: words } = t.value.system.webhooks
  const told = [{ label: words.label, value: secret }]
  return <OnceDialog title={words.title} why={words.why} told={told} onClose={onClose} />
}

type RowProps = { webhook: Webhook; isOpen: boolean; onOpen: () => void }

function WebhookRow({ webhook, isOpen, onOpen }: RowProps) {
  const { webhooks: words } = t.value.system
  const { id, url, status } = webhook
  return (
    <div class="row spread">
      <div class="grow">
        <h2>{nameOf(webhook)}</h2>
        <p class="small soft mono">{url ? shownName(url) : id}</p>
      </div>
      <Chip tone={tones[status] ?? 'calm'}>{wordFor(words.states, status)}</Chip>
      <Button label={`${words.log} ${nameOf(webhook)}`} expanded={isOpen} onClick={onOpen}>
        {isOpen ? words.fold : words.log}
      </Button>
    </div>
  )
}

/** What people know a webhook by. */
export const nameOf = ({ url, name }: Webhook): string =>
  (name && shownName(name)) ?? (url ? new URL(url).host : t.value.system.webhooks.ofRequests)
