import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../../api/trouble.ts'
import { t } from '../../texts/index.ts'
import { Button, Dialog, Failure, Field } from '../../ui/index.ts'

/** Asks for what is needed to make something, and what went wrong with it. @param make may throw */
export function AskingForm({
  title,
  words,
  make,
  onClose,
  children,
}: {
  title: string
  words: string
  make: () => Promise<void>
  onClose: () => void
  children: ComponentChildren
}) {
  const [trouble, setTrouble] = useState<Trouble>()
  const [isMaking, setMaking] = useState(false)
  const submit = (event: Event) => {
    event.preventDefault()
    setMaking(true)
    setTrouble(undefined)
    void make()
      .catch((error: unknown) => setTrouble(asTrouble(error)))
      .finally(() => setMaking(false))
  }
  return (
    <Dialog title={title} onClose={onClose} stays={isMaking}>
      <form class="stack" onSubmit={submit}>
        {children}
        {trouble && <Failure trouble={trouble} />}
        <div class="row">
          <Button look="primary" type="submit" disabled={isMaking}>
            {words}
          </Button>
          <Button look="quiet" disabled={isMaking} onClick={onClose}>
            {t.value.system.sure.leave}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A line of text that such a form asks for. */
export function TextField({
  label,
  help,
  onInput,
  ...input
}: {
  label: string
  help?: string
  value: string
  onInput: (value: string) => void
  inputMode?: 'url'
  pattern?: string
  placeholder?: string
  required?: boolean
  maxLength?: number
}) {
  return (
    <Field label={label} help={help}>
      {(described) => (
        <input
          class="input"
          autocomplete="off"
          spellcheck={false}
          {...input}
          {...described}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  )
}
