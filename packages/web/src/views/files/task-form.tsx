import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Entry } from '../../queue/entry.ts'
import { followEstimates } from '../../tasks/estimates.ts'
import { isLevel } from '../../tasks/expected.ts'
import { type Field, valueOf, type Values } from '../../tasks/fields.ts'
import { arranged } from '../../tasks/usual.ts'
import { t } from '../../texts/index.ts'
import { Disclosure } from '../../ui/index.ts'
import { OptionField } from './control.tsx'
import { LevelChoice } from './level-choice.tsx'
import { TagField } from './tag-field.tsx'

type Change = (name: string, value: unknown) => void

/** The options of a task: the usual ones first, the rest folded. */
export function TaskForm({
  task,
  fields,
  values,
  files,
  onChange,
  children,
}: {
  task: string
  fields: readonly Field[]
  values: Values
  files: readonly Entry[]
  onChange: Change
  children: ComponentChildren
}) {
  const { shown, folded } = arranged(task, fields, values)
  return (
    <div class="stack" key={task}>
      {shown.map((field) =>
        isLevelField(field) ? (
          <Levels key={field.name} {...{ field, values, files, onChange }} />
        ) : (
          <OptionField key={field.name} {...{ field, values, onChange }} />
        ),
      )}
      {children}
      <Disclosure summary={t.value.task.more}>
        <div class="stack">
          {folded.map((field) => (
            <OptionField key={field.name} {...{ field, values, onChange }} />
          ))}
          <TagField />
        </div>
      </Disclosure>
    </div>
  )
}

const isLevelField = ({ name, control }: Field) =>
  name === 'level' && control.kind === 'choice' && control.values.every(isLevel)

/** Levels are shown with what they would make of the files; only then the service is asked for that. */
function Levels({
  field,
  values,
  files,
  onChange,
}: {
  field: Field
  values: Values
  files: readonly Entry[]
  onChange: Change
}) {
  useEffect(followEstimates, [])
  return (
    <LevelChoice
      files={files}
      value={String(valueOf(field, values))}
      onChoose={(level) => onChange(field.name, level)}
    />
  )
}
