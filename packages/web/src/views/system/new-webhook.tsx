import type { JobEventType } from '@pdf-smaller/contracts'
import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { t } from '../../texts/index.ts'
import { Field, Select } from '../../ui/index.ts'
import { AskingForm, TextField } from './asking-form.tsx'
import { MadeWebhook } from './contracts.ts'

/** Which events are sent; without types the service takes those that say how jobs end. */
const choices = {
  ends: undefined,
  failures: ['pdfsmaller.job.failed.v1'],
  all: [
    'pdfsmaller.job.requested.v1',
    'pdfsmaller.job.started.v1',
    'pdfsmaller.job.retry-scheduled.v1',
    'pdfsmaller.job.attempt-due.v1',
    'pdfsmaller.job.completed.v1',
    'pdfsmaller.job.failed.v1',
    'pdfsmaller.job.cancelled.v1',
    'pdfsmaller.job.corrected.v1',
    'pdfsmaller.job.expired.v1',
    'pdfsmaller.job.erased.v1',
  ],
} satisfies Record<string, JobEventType[] | undefined>
const choiceNames = ['ends', 'failures', 'all'] as const

/** Asks where events are to be sent, and which. @param onMade gets the secret, which is told a single time */
export function NewWebhook({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }) {
  const { webhooks: words } = t.value.system
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [choice, setChoice] = useState<(typeof choiceNames)[number]>('ends')
  const make = async () => {
    const types = choices[choice]
    const json = { url, ...(name.trim() ? { name: name.trim() } : {}), ...(types ? { types } : {}) }
    onMade((await ask('/api/webhooks', MadeWebhook, { method: 'POST', json })).secretKey)
  }
  return (
    <AskingForm title={words.add} words={words.make} make={make} onClose={onClose}>
      <TextField
        label={words.url}
        help={words.urlHelp}
        inputMode="url"
        pattern="https?://.+"
        required
        maxLength={2000}
        placeholder="https://"
        value={url}
        onInput={setUrl}
      />
      <TextField label={words.name} help={words.nameHelp} maxLength={200} value={name} onInput={setName} />
      <Field label={words.which}>
        {(described) => (
          <Select
            {...described}
            value={choice}
            options={choiceNames.map((each) => [each, words.choices[each]] as const)}
            onChoose={setChoice}
          />
        )}
      </Field>
    </AskingForm>
  )
}
