import { type Field as TaskField, valueOf, type Values } from '../../tasks/fields.ts'
import { t } from '../../texts/index.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Field, Select } from '../../ui/index.ts'

type Props = { field: TaskField; values: Values; onChange: (name: string, value: unknown) => void }

/** An option of a task with its words and its help, which is that of the service. */
export function OptionField({ field, values, onChange }: Props) {
  const label = wordFor(t.value.task.options, field.name)
  if (field.control.kind === 'flag') return <Flag {...{ field, values, onChange, label }} />
  if (field.control.kind === 'several') return <Several {...{ field, values, onChange, label }} />
  return (
    <Field label={label} help={field.help} helpLanguage="en">
      {(described) => <Control {...{ field, values, onChange, described }} />}
    </Field>
  )
}

function Flag({ field, values, onChange, label }: Props & { label: string }) {
  const checked = valueOf(field, values) === true
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(field.name, currentTarget.checked || undefined)}
      />
      <span>
        {label}
        {field.help && (
          <span class="soft small flag-help" lang="en">
            {field.help}
          </span>
        )}
      </span>
    </label>
  )
}

type Described = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }

function Control({ field, values, onChange, described }: Props & { described: Described }) {
  const { control, name } = field
  const value = valueOf(field, values)
  const change = (given: unknown) => onChange(name, given)
  switch (control.kind) {
    case 'choice':
      return (
        <Select
          {...described}
          value={typeof value === 'string' ? value : ''}
          options={choicesOf(control.values, field.fallback)}
          onChoose={(chosen) => change(chosen || undefined)}
        />
      )
    case 'number':
      return (
        <input
          class="input"
          type="number"
          inputMode={control.whole ? 'numeric' : 'decimal'}
          {...described}
          min={control.min}
          max={control.max}
          step={control.whole ? 1 : 'any'}
          placeholder={value === undefined ? t.value.task.byDefault : ''}
          value={typeof value === 'number' ? value : ''}
          onChange={({ currentTarget }) => change(numberIn(currentTarget.value))}
        />
      )
    case 'words':
      return (
        <input
          class="input"
          type="text"
          {...described}
          spellcheck={false}
          placeholder={control.list ? t.value.task.listHelp : t.value.task.byDefault}
          value={Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) => change(wordsIn(currentTarget.value, control.list))}
        />
      )
    case 'several':
    case 'flag':
      return null
    default:
      return control satisfies never
  }
}

function Several({ field, values, onChange, label }: Props & { label: string }) {
  const { control, name, help } = field
  if (control.kind !== 'several') return null
  const value = valueOf(field, values)
  const chosen: unknown[] = Array.isArray(value) ? value : []
  const set = (each: string, isChosen: boolean) =>
    onChange(
      name,
      control.values.filter((one) => (one === each ? isChosen : chosen.includes(one))),
    )
  return (
    <fieldset class="field">
      <legend class="label">{label}</legend>
      <div class="row">
        {control.values.map((each) => (
          <label key={each} class="check">
            <input
              type="checkbox"
              checked={chosen.includes(each)}
              onChange={({ currentTarget }) => set(each, currentTarget.checked)}
            />
            <span>{wordFor(t.value.task.values, each)}</span>
          </label>
        ))}
      </div>
      {help && (
        <p class="help" lang="en">
          {help}
        </p>
      )}
    </fieldset>
  )
}

/** The values of a choice with their words; where the service decides by itself, that is one of them. */
function choicesOf(values: readonly string[], fallback: unknown): [string, string][] {
  const given = values.map((each): [string, string] => [each, wordFor(t.value.task.values, each)])
  return fallback === undefined ? [['', t.value.task.byDefault], ...given] : given
}

const numberIn = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)

function wordsIn(text: string, isList: boolean): unknown {
  const words = text.trim()
  if (words === '') return undefined
  return isList ? words.split(/[\s,;]+/).filter(Boolean) : words
}
