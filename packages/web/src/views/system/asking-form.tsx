import type { ComponentChildren } from 'preact'
import { t } from '../../texts/index.ts'
import { Button, Dialog, Failure, Field, useAct } from '../../ui/index.ts'

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
  const { isUnderWay, trouble, carryOut } = useAct()
  const submit = (event: Event) => {
    event.preventDefault()
    carryOut(make)
  }
  return (
    <Dialog title={title} onClose={onClose} stays={isUnderWay}>
      <form class="stack" onSubmit={submit}>
        {children}
        {trouble && <Failure trouble={trouble} />}
        <div class="row">
          <Button look="primary" type="submit" busy={isUnderWay}>
            {words}
          </Button>
          <Button look="quiet" disabled={isUnderWay} onClick={onClose}>
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
