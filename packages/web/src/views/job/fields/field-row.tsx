import { useEffect, useRef, useState } from 'preact/hooks'
import type { Job } from '../../../api/job.ts'
import { formats, t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { language } from '../../../wishes.ts'
import { Chip } from '../../../ui/index.ts'
import { CorrectForm } from './correct-form.tsx'
import { type FoundField, valueNow } from './found-fields.ts'
import { valueText } from './value-words.ts'

/** A value: a click marks it on its page, a second one lets it be corrected. */
export function FieldRow({
  job,
  number,
  found: { path, names, field },
  isChosen,
  onChoose,
  again,
}: {
  job: Job
  number: number
  found: FoundField
  isChosen: boolean
  onChoose: (path: string) => void
  again: () => void
}) {
  const { fields: words } = t.value.job
  const ref = useRef<HTMLLIElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: 'nearest' })
    else setOpen(false)
  }, [isChosen])
  const name = names.at(-1) ?? ''
  const now = valueNow(field)
  const act = () => (isChosen ? setOpen(true) : onChoose(path))
  return (
    <li ref={ref} class={`field-row ${isChosen ? 'chosen' : ''}`}>
      <button type="button" class="field-value" aria-expanded={isOpen} onClick={act}>
        <span class="soft small">{wordFor(words.names, name)}</span>
        <span class={field.corrected ? 'corrected' : ''}>
          {now === null ? words.absent : shownValue(valueText(name, now, language.value))}
        </span>
        {field.grade === 'low' && !field.corrected && <Chip tone="warn">{words.unsure}</Chip>}
        {field.corrected && <Chip tone="good">{words.corrected}</Chip>}
        {isChosen && !isOpen && <span class="small field-hint">{words.correct}</span>}
      </button>
      {isOpen && (
        <CorrectForm
          job={job}
          of={{ document: number, field: path }}
          name={name}
          was={field.value}
          now={now}
          onDone={(isNew) => {
            setOpen(false)
            if (isNew) again()
          }}
        />
      )}
    </li>
  )
}

/** Days are shown as the language writes them, and typed as they are everywhere. */
function shownValue(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  return formats.value.day(text)
}
