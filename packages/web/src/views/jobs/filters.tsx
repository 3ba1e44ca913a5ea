import { JobStatus } from '../../api/job.ts'
import { addressOf, replaceAddress } from '../../routing.ts'
import { taskOf } from '../../state/of-job.ts'
import { t } from '../../texts/index.ts'
import { Field, Select } from '../../ui/index.ts'
import type { Filter } from './rows.ts'
import { filter, tags, tasks } from './shown.ts'

/** What the list is narrowed to. It stands in the address, so that it can be kept and told. */
export function Filters() {
  const { jobs, states } = t.value
  const { text, status, task, tag } = filter.value
  const any: [string, string] = ['', jobs.any]
  return (
    <search class="filters">
      <Field label={jobs.search}>
        {(described) => (
          <input
            class="input"
            type="search"
            {...described}
            placeholder={jobs.searchHelp}
            value={text}
            onInput={({ currentTarget }) => narrow({ text: currentTarget.value })}
          />
        )}
      </Field>
      <Choice
        label={jobs.status}
        value={status}
        options={[any, ...JobStatus.options.map((each): [string, string] => [each, states[each]])]}
        onChoose={(chosen) => narrow({ status: chosen })}
      />
      <Choice
        label={jobs.task}
        value={task}
        options={[any, ...tasks.value.map((each): [string, string] => [each, taskOf(each)])]}
        onChoose={(chosen) => narrow({ task: chosen })}
      />
      {tags.value.length > 0 && (
        <Choice
          label={jobs.tag}
          value={tag}
          options={[any, ...tags.value.map((each): [string, string] => [each, each])]}
          onChoose={(chosen) => narrow({ tag: chosen })}
        />
      )}
    </search>
  )
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string
  value: string
  options: readonly [string, string][]
  onChoose: (value: string) => void
}) {
  return (
    <Field label={label}>
      {(described) => <Select {...described} value={value} options={options} onChoose={onChoose} />}
    </Field>
  )
}

function narrow(to: Partial<Filter>): void {
  const next = { ...filter.peek(), ...to }
  const said = Object.entries(next).filter(([, value]) => value !== '')
  replaceAddress(addressOf.jobs(Object.fromEntries(said)))
}
