import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { FieldValue } from '../../../api/extraction.ts'
import { correct } from '../../../api/extractions.ts'
import type { Job } from '../../../api/job.ts'
import { asTrouble } from '../../../api/trouble.ts'
import { t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { language } from '../../../wishes.ts'
import { Button, Field } from '../../../ui/index.ts'
import { typedValue, valueText } from './value-words.ts'

/** Asks what a value should be. What was read stays as it is; the correction stands beside it. */
export function CorrectForm({
  job,
  of,
  name,
  was,
  now,
  onDone,
}: {
  job: Job
  of: { document: number; field: string }
  /** The last step of its path. */
  name: string
  /** What was read, which says what kind of value it is. */
  was: FieldValue
  now: FieldValue | null
  onDone: (isNew: boolean) => void
}) {
  const { fields: words } = t.value.job
  const typed = useSignal(valueText(name, now, language.value))
  const wrong = useSignal<string | undefined>(undefined)
  const isSending = useSignal(false)
  const ref = useRef<HTMLFormElement>(null)
  useEffect(() => ref.current?.querySelector('input')?.select(), [])
  const send = async (value: FieldValue | null) => {
    isSending.value = true
    try {
      await correct(job.id, { ...of, value })
      onDone(true)
    } catch (error) {
      wrong.value = asTrouble(error).message
    } finally {
      isSending.value = false
    }
  }
  const submit = (event: Event) => {
    event.preventDefault()
    void send(typedValue(name, typed.value.trim(), was, language.value))
  }
  const leave = (event: KeyboardEvent) => event.key === 'Escape' && onDone(false)
  return (
    <form class="stack correct" ref={ref} onSubmit={submit} onKeyDown={leave}>
      <Field label={words.shouldBe(wordFor(words.names, name))} wrong={wrong.value} help={helpFor(was)}>
        {(described) => (
          <input
            class="input"
            value={typed}
            {...described}
            required
            autocomplete="off"
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
      <Ends isSending={isSending.value} onAbsent={() => void send(null)} onLeave={() => onDone(false)} />
    </form>
  )
}

function Ends({
  isSending,
  onAbsent,
  onLeave,
}: {
  isSending: boolean
  onAbsent: () => void
  onLeave: () => void
}) {
  const { fields: words } = t.value.job
  return (
    <div class="row">
      <Button small type="submit" disabled={isSending}>
        {words.save}
      </Button>
      <Button small look="quiet" disabled={isSending} onClick={onAbsent}>
        {words.isAbsent}
      </Button>
      <Button small look="quiet" onClick={onLeave}>
        {words.leave}
      </Button>
    </div>
  )
}

function helpFor(was: FieldValue): string | undefined {
  const { fields: words } = t.value.job
  if (typeof was === 'object') return words.amountHelp
  return typeof was === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(was) ? words.dayHelp : undefined
}
