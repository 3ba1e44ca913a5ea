import { signal } from '@preact/signals'
import { t } from '../../texts/index.ts'
import { Field } from '../../ui/index.ts'

/** The tag that the next jobs get. */
export const tag = signal('')

/** The tag of the jobs, among what few need. */
export function TagField() {
  const { task } = t.value
  return (
    <Field label={task.tag} help={task.tagHelp}>
      {(described) => (
        <input
          class="input"
          type="text"
          maxLength={200}
          {...described}
          value={tag.value}
          onInput={({ currentTarget }) => (tag.value = currentTarget.value)}
        />
      )}
    </Field>
  )
}
