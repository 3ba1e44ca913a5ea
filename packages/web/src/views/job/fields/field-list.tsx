import { useState } from 'preact/hooks'
import type { Job } from '../../../api/job.ts'
import { t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { Button } from '../../../ui/index.ts'
import { FieldRow } from './field-row.tsx'
import type { FieldGroup } from './found-fields.ts'

/** Rows of a statement that are shown at once. */
const portion = 40

/** The values of a document, in groups. */
export function FieldList({
  job,
  number,
  groups,
  chosen,
  onChoose,
  again,
}: {
  job: Job
  /** The document of the extraction, from 0. */
  number: number
  groups: readonly FieldGroup[]
  chosen: string | undefined
  onChoose: (path: string) => void
  again: () => void
}) {
  const { fields: words } = t.value.job
  const [shown, setShown] = useState(portion)
  const at = groups.findIndex(({ fields }) => fields.some(({ path }) => path === chosen))
  return (
    <div class="field-list">
      {groups.slice(0, Math.max(shown, at + 1)).map(({ path, names, fields }) => (
        <section key={path} class="field-group" aria-label={groupName(names)}>
          <h3>{groupName(names)}</h3>
          <ul>
            {fields.map((found) => (
              <FieldRow
                key={found.path}
                job={job}
                number={number}
                found={found}
                isChosen={found.path === chosen}
                onChoose={onChoose}
                again={again}
              />
            ))}
          </ul>
        </section>
      ))}
      {shown < groups.length && (
        <div>
          <Button onClick={() => setShown(shown + portion)}>{words.moreGroups(groups.length - shown)}</Button>
        </div>
      )}
    </div>
  )
}

/** `Row 3`, `Seller`: the words of a path that tell more than the one before. */
function groupName(names: readonly string[]): string {
  const { fields: words } = t.value.job
  if (names.length === 0) return words.document
  return names
    .map((name) => (/^\d+$/.test(name) ? name : wordFor(words.names, name)))
    .join(' ')
    .replace(/^(.*\S) (\d+) (\S.*)$/, '$3 · $1 $2')
}
