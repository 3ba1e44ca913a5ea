import { useSignal } from '@preact/signals'
import { apiKey, useKey } from '../api/key.ts'
import { t } from '../texts/index.ts'
import { Button, Field, Heading } from '../ui/index.ts'

/** Asks for the key that the server wants. */
export function KeyView() {
  const { key } = t.value
  const typed = useSignal('')
  const submit = (event: Event) => {
    event.preventDefault()
    if (typed.value.trim()) useKey(typed.value.trim())
  }
  return (
    <form class="card stack ask-key" onSubmit={submit}>
      <Heading title={key.title} />
      <p class="soft">{key.why}</p>
      <Field label={key.label} wrong={apiKey.value ? key.refused : undefined}>
        {(described) => (
          <input
            class="input"
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            {...described}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
      <div>
        <Button look="primary" type="submit">
          {key.use}
        </Button>
      </div>
    </form>
  )
}
