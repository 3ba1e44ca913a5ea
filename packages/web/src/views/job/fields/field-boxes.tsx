import { t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import type { FieldValue } from '../../../api/extraction.ts'
import { language } from '../../../wishes.ts'
import { placed } from '../words/word-boxes.tsx'
import { type FieldGroup, valueNow } from './found-fields.ts'
import { valueText } from './value-words.ts'

/** Boxes where the values of a page stand. Keyboards and readers choose in the list beside it. */
export function FieldBoxes({
  groups,
  page,
  chosen,
  onChoose,
}: {
  groups: readonly FieldGroup[]
  page: number
  chosen: string | undefined
  onChoose: (path: string) => void
}) {
  const boxes = groups.flatMap(({ fields }) =>
    fields.flatMap(({ path, names, field }) =>
      field.provenance
        .filter((place) => place.page === page)
        .map(({ bbox, pageSize: [width, height] }, index) => ({
          path,
          key: `${path} ${index}`,
          grade: field.grade,
          words: wordsOf(names.at(-1) ?? '', valueNow(field)),
          style: placed([bbox.l, bbox.t, bbox.r, bbox.b], { width, height }),
        })),
    ),
  )
  return (
    <div class="boxes" aria-hidden="true">
      {boxes.map(({ path, key, grade, words: label, style }) => (
        <span
          key={key}
          class={`field-box ${grade === 'low' ? 'unsure' : ''} ${path === chosen ? 'chosen' : ''}`}
          style={style}
          title={label}
          onClick={() => onChoose(path)}
        />
      ))}
    </div>
  )
}

const wordsOf = (name: string, value: FieldValue | null) =>
  `${wordFor(t.value.job.fields.names, name)}: ${valueText(name, value, language.value)}`
