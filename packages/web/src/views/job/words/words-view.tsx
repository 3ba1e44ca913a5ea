import { useState } from 'preact/hooks'
import type { Job } from '../../../api/job.ts'
import { pagesOf, type Place, wordsOf } from '../../../api/pages.ts'
import { t } from '../../../texts/index.ts'
import { Failure, Skeleton } from '../../../ui/index.ts'
import { Leaf, proportionsOf } from '../leaf.tsx'
import { useLoaded } from '../loaded.ts'
import { Pager } from '../pager.tsx'
import { WordBoxes } from './word-boxes.tsx'
import { WordText } from './word-text.tsx'

/** Below it a word is tinted, per cent. */
const lowConfidence = 70

/** The pages of a searchable document with what was read on them; a word that is chosen in one is marked in the other. */
export function WordsView({ job }: { job: Job }) {
  const { value: list, trouble, again } = useLoaded(() => pagesOf(job.id, 'output-1'), [job.id])
  const [page, setPage] = useState(1)
  const action = { words: t.value.trouble.again, act: again }
  if (trouble) return <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
  if (!list) return <Skeleton lines={6} />
  return (
    <section class="stack" aria-label={t.value.job.wordsTitle}>
      <Pager page={page} pages={list.pages} onPage={setPage} />
      <ReadPage key={page} job={job} page={page} size={proportionsOf(list, page)} />
    </section>
  )
}

function ReadPage({ job, page, size }: { job: Job; page: number; size: readonly [number, number] }) {
  const { job: words } = t.value
  const place = wordsPlace(job)
  const { value, trouble, again } = useLoaded(
    () => wordsOf(job.id, place ?? 'output-1', page),
    [job.id, page],
  )
  const [chosen, setChosen] = useState<number | undefined>(undefined)
  const isSure = value?.words.some(({ confidence }) => confidence !== undefined)
  const unsure = value?.words.filter(({ confidence = 100 }) => confidence < lowConfidence).length ?? 0
  const action = { words: t.value.trouble.again, act: again }
  return (
    <div class="side-by-side">
      <div class="sheet-room">
        <Leaf job={job.id} place="output-1" page={page} size={size} name={words.page(page)}>
          {value && <WordBoxes words={value} chosen={chosen} below={lowConfidence} onChoose={setChosen} />}
        </Leaf>
      </div>
      <div class="stack">
        {trouble && trouble.code !== 'no_such_page' && (
          <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
        )}
        {trouble?.code === 'no_such_page' && <p class="soft">{words.pageUntouched}</p>}
        {!value && !trouble && <Skeleton lines={6} />}
        {value && value.words.length === 0 && <p class="soft">{words.noWords}</p>}
        {value && value.words.length > 0 && (
          <>
            <p class="small soft">{isSure ? words.unsure(unsure, lowConfidence) : words.sureUnknown}</p>
            <WordText words={value.words} chosen={chosen} below={lowConfidence} onChoose={setChosen} />
          </>
        )}
      </div>
    </div>
  )
}

/** Where words stand with how surely they were read: a file that the job makes where it is asked for. */
function wordsPlace({ outputs }: Job): Place | undefined {
  const index = outputs.findIndex(({ contentType }) => contentType === 'application/xhtml+xml')
  return index < 0 ? undefined : `output-${index + 1}`
}
