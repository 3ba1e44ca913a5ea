import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { z } from '../../api/parts.ts'
import { t } from '../../texts/index.ts'
import { Button, Failure, tell, useAct } from '../../ui/index.ts'
import { MadeWebhook, Sent, type Webhook } from './contracts.ts'
import { SureDialog } from './sure.tsx'

export const pathOf = ({ id }: Webhook) => `/api/webhooks/${encodeURIComponent(id)}`
const Changed = z.object({ id: z.string() })

/** What can be done with a webhook. */
export function WebhookActs({
  webhook,
  onChange,
  onErased,
  onSecret,
}: {
  webhook: Webhook
  onChange: () => void
  onErased: () => void
  onSecret: (secret: string) => void
}) {
  const { webhooks: words } = t.value.system
  const { trouble, carryOut } = useAct()
  const turn = webhook.status === 'enabled' ? 'disable' : 'resume'
  const attempt = (act: () => Promise<void>) => () => carryOut(() => act().then(onChange))
  const post = <Schema extends z.ZodMiniType>(path: string, schema: Schema) =>
    ask(pathOf(webhook) + path, schema, { method: 'POST', json: {} })
  const ping = attempt(async () => {
    await post('/ping', Sent)
    tell(words.pinged)
  })
  const turnIt = attempt(async () => {
    await post(`/${turn}`, Changed)
    tell(words.turned[turn])
  })
  const rotate = attempt(async () => {
    onSecret((await post('/rotate', MadeWebhook)).secretKey)
    tell(words.rotated)
  })
  return (
    <>
      <div class="row">
        {webhook.url && (
          <Button small onClick={ping}>
            {words.ping}
          </Button>
        )}
        <Button small onClick={turnIt}>
          {words.turn[turn]}
        </Button>
        <Button small onClick={rotate}>
          {words.rotate}
        </Button>
        <Erasing webhook={webhook} onErased={onErased} />
      </div>
      {trouble && <Failure trouble={trouble} />}
    </>
  )
}

function Erasing({ webhook, onErased }: { webhook: Webhook; onErased: () => void }) {
  const { webhooks: words } = t.value.system
  const [isAsking, setAsking] = useState(false)
  const erase = async () => {
    await ask(pathOf(webhook), z.unknown(), { method: 'DELETE' })
    onErased()
  }
  return (
    <>
      <Button small look="danger" onClick={() => setAsking(true)}>
        {words.erase}
      </Button>
      {isAsking && (
        <SureDialog
          title={words.eraseTitle}
          says={words.eraseSays}
          words={words.erase}
          act={erase}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
