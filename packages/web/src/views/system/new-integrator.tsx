import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { t } from '../../texts/index.ts'
import { Field, Select } from '../../ui/index.ts'
import { AskingForm, TextField } from './asking-form.tsx'
import { OpenedIntegrator } from './contracts.ts'
import type { ToldOnce } from './once.tsx'

/** Where an integrator begins: with what happens next, or with all that is kept. */
const begins = { next: 'new', kept: 0 } as const
const beginNames = ['next', 'kept'] as const

/** Asks whom to let in. @param onMade gets what opens the event store, which is told a single time */
export function NewIntegrator({
  onMade,
  onClose,
}: {
  onMade: (told: ToldOnce[]) => void
  onClose: () => void
}) {
  const { integrators: words } = t.value.system
  const [name, setName] = useState('')
  const [from, setFrom] = useState<(typeof beginNames)[number]>('next')
  const make = async () => {
    const json = { name, from: begins[from] }
    onMade(toldOf(await ask('/api/event-consumers', OpenedIntegrator, { method: 'POST', json })))
  }
  return (
    <AskingForm title={words.add} words={words.make} make={make} onClose={onClose}>
      <TextField
        label={words.name}
        help={words.nameHelp}
        required
        pattern="[A-Za-z0-9_\-]{1,64}"
        value={name}
        onInput={setName}
      />
      <Field label={words.from}>
        {(described) => (
          <Select
            {...described}
            value={from}
            options={beginNames.map((each) => [each, words.begins[each]] as const)}
            onChoose={setFrom}
          />
        )}
      </Field>
    </AskingForm>
  )
}

function toldOf({ consumer, credentials, serverConfig }: OpenedIntegrator): ToldOnce[] {
  const { once: words } = t.value.system.integrators
  return [
    { label: words.servers, value: credentials.servers.join(', ') },
    { label: words.user, value: credentials.user },
    ...(credentials.password === undefined ? [] : [{ label: words.password, value: credentials.password }]),
    { label: words.inbox, value: credentials.inboxPrefix },
    { label: words.stream, value: consumer.stream },
    { label: words.consumer, value: consumer.consumer },
    ...(serverConfig
      ? [
          { label: words.exports, value: serverConfig.exports, long: true as const },
          { label: words.account, value: serverConfig.account, long: true as const },
        ]
      : []),
  ]
}
