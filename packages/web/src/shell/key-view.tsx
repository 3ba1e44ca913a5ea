import { useSignal } from '@preact/signals'
import { apiKey, isKey, useKey } from '../api/key.ts'
import { entries } from '../queue/entries.ts'
import { t } from '../texts/index.ts'
import { Button, Field, Heading } from '../ui/index.ts'

/** Asks for the key that the server wants. */
export function KeyView() {
  const { key } = t.value
  const typed = useSignal('')
  const isStrange = useSignal(false)
  const submit = (event: Event) => {
    event.preventDefault()
    const given = typed.value.trim()
    isStrange.value = !isKey(given)
    if (isKey(given)) useKey(given)
  }
  return (
    <form class="card stack ask-key" onSubmit={submit}>
      <Heading title={key.title} />
      <p class="soft">{key.why}</p>
      <p class="small" role="status">
        {entries.value.length > 0 && key.waits(entries.value.length)}
      </p>
      <Field label={key.label} wrong={isStrange.value ? key.strange : apiKey.value ? key.refused : undefined}>
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
