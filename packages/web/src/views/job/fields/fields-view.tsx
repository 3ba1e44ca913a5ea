import { useState } from 'preact/hooks'
import type { Document, Extraction } from '../../../api/extraction.ts'
import { extractionOf } from '../../../api/extractions.ts'
import type { Job } from '../../../api/job.ts'
import { pagesOf } from '../../../api/pages.ts'
import { t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { Failure, Select, Skeleton } from '../../../ui/index.ts'
import { Leaf, proportionsOf } from '../leaf.tsx'
import { useLoaded } from '../loaded.ts'
import { Pager } from '../pager.tsx'
import { Checks } from './checks.tsx'
import { FieldBoxes } from './field-boxes.tsx'
import { FieldList } from './field-list.tsx'
import { groupsOf } from './found-fields.ts'

/** What was read out of a document, beside its pages; a value is chosen in either, and corrected in the list. */
export function FieldsView({ job }: { job: Job }) {
  const { value, trouble, again } = useLoaded(() => extractionOf(job.id), [job.id, job.revision])
  const [shown, setShown] = useState(0)
  const action = { words: t.value.trouble.again, act: again }
  if (trouble) return <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
  if (!value) return <Skeleton lines={8} />
  const document = value.documents[shown]
  if (!document) return <p class="soft">{t.value.job.fields.none}</p>
  return (
    <section class="stack-wide" aria-label={t.value.job.fields.title}>
      <h2 class="unseen">{t.value.job.fields.title}</h2>
      <Choose documents={value.documents} shown={shown} onShow={setShown} />
      <Read key={shown} job={job} document={document} number={shown} again={again} />
      <Checks document={document} notes={value.notes} />
    </section>
  )
}

function Choose({
  documents,
  shown,
  onShow,
}: {
  documents: Extraction['documents']
  shown: number
  onShow: (index: number) => void
}) {
  const { fields } = t.value.job
  if (documents.length < 2) return null
  const options = documents.map(({ documentType }, index) => {
    const words = `${index + 1}. ${wordFor(fields.documentTypes, documentType)}`
    return [String(index), words] as const
  })
  return (
    <Select
      aria-label={fields.document}
      value={String(shown)}
      options={options}
      onChoose={(index) => onShow(Number(index))}
    />
  )
}

function Read({
  job,
  document,
  number,
  again,
}: {
  job: Job
  document: Document
  number: number
  again: () => void
}) {
  const { job: words } = t.value
  const { value: list } = useLoaded(() => pagesOf(job.id, 'input-1'), [job.id])
  const [page, setPage] = useState(document.pages[0] ?? 1)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const groups = groupsOf(document)
  const choose = (path: string) => {
    setChosen(path)
    const field = groups.flatMap(({ fields }) => fields).find((each) => each.path === path)
    const at = field?.field.provenance[0]?.page
    if (at !== undefined) setPage(at)
  }
  const hasPages = document.pages.length > 0
  return (
    <div class={hasPages ? 'side-by-side' : ''}>
      {hasPages && (
        <div class="sheet-room stack">
          <Pager page={page} pages={list?.pages ?? 1} onPage={setPage} />
          <Leaf
            key={page}
            job={job.id}
            place="input-1"
            page={page}
            size={proportionsOf(list, page)}
            name={words.page(page)}
          >
            <FieldBoxes groups={groups} page={page} chosen={chosen} onChoose={choose} />
          </Leaf>
        </div>
      )}
      <FieldList job={job} number={number} groups={groups} chosen={chosen} onChoose={choose} again={again} />
    </div>
  )
}
