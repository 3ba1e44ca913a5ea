import { signal } from '@preact/signals'
import type { Task } from '../../api/task.ts'
import { taskOf } from '../../state/of-job.ts'
import { catalogue } from '../../tasks/catalogue.ts'
import { following } from '../../tasks/plan.ts'
import { t } from '../../texts/index.ts'
import { Field, Select } from '../../ui/index.ts'

const chosen = signal('')

/** The task that is to go on with each result of another one; empty for none. */
export const thenAfter = (task: Task): string => (namesAfter(task).includes(chosen.value) ? chosen.value : '')

const namesAfter = (task: Task) => following(task, catalogue.value).map(({ name }) => name)

/** Asks whether something else is to be done with the results. */
export function ThenField({ task }: { task: Task }) {
  const { task: words } = t.value
  const names = namesAfter(task)
  const then = thenAfter(task)
  if (names.length === 0) return null
  const options = names.map((name): [string, string] => [name, taskOf(name)])
  return (
    <Field label={words.andThen} help={then ? words.thenHelp : undefined}>
      {(described) => (
        <Select
          {...described}
          value={then}
          options={[['', words.nothing], ...options]}
          onChoose={(name) => (chosen.value = name)}
        />
      )}
    </Field>
  )
}
