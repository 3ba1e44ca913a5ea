import { useState } from 'preact/hooks'
import { pagesOf, type PageList, type Place } from '../../api/pages.ts'
import { t } from '../../texts/index.ts'
import { Button, Dialog, Failure, Skeleton } from '../../ui/index.ts'
import { Leaf, proportionsOf } from './leaf.tsx'
import { useLoaded } from './loaded.ts'
import { Pager } from './pager.tsx'

/** Pages that are added at once. */
const portion = 24

/** The pages of a file side by side. */
export function Strip({ job, place, label }: { job: string; place: Place; label: string }) {
  const { value, trouble, again } = useLoaded(() => pagesOf(job, place), [job, place])
  const action = { words: t.value.trouble.again, act: again }
  if (trouble?.retryable) return <Failure trouble={trouble} action={action} />
  // What a file has no pages for, the job itself tells where it matters.
  if (trouble)
    return (
      <p class="soft small">
        {t.value.job.noPages(t.value.job.failures[trouble.code]?.what ?? trouble.title)}
      </p>
    )
  return value ? <Pages job={job} label={label} pages={leavesOf(place, value)} /> : <Skeleton lines={3} />
}

export type LeafOf = { place: Place; page: number; size: readonly [number, number]; name: string }

const leavesOf = (place: Place, list: PageList): LeafOf[] =>
  Array.from({ length: list.pages }, (_, index) => ({
    place,
    page: index + 1,
    size: proportionsOf(list, index + 1),
    name: t.value.job.page(index + 1),
  }))

/** Pages, a portion at first and more where they are wanted; one is shown large when it is chosen. */
export function Pages({ job, label, pages }: { job: string; label: string; pages: readonly LeafOf[] }) {
  const [shown, setShown] = useState(portion)
  const [large, setLarge] = useState<number | undefined>(undefined)
  const { job: words } = t.value
  return (
    <section class="stack" aria-label={label}>
      <h2>{label}</h2>
      <ol class="leaves">
        {pages.slice(0, shown).map(({ place, page, size, name }, index) => (
          <li key={`${place} ${page}`}>
            <button type="button" class="leaf-button" onClick={() => setLarge(index)}>
              <Leaf job={job} place={place} page={page} size={size} name="" />
              <span class="small soft leaf-name">{name}</span>
            </button>
          </li>
        ))}
      </ol>
      {shown < pages.length && (
        <div>
          <Button onClick={() => setShown(shown + portion)}>{words.morePages(pages.length - shown)}</Button>
        </div>
      )}
      {large !== undefined && (
        <Large job={job} pages={pages} index={large} onShow={setLarge} onClose={() => setLarge(undefined)} />
      )}
    </section>
  )
}

function Large({
  job,
  pages,
  index,
  onShow,
  onClose,
}: {
  job: string
  pages: readonly LeafOf[]
  index: number
  onShow: (index: number) => void
  onClose: () => void
}) {
  const leaf = pages[index]
  if (!leaf) return null
  const { place, page, size, name } = leaf
  return (
    <Dialog title={name} onClose={onClose}>
      <div class="stack enlarged" style={{ '--ratio': size[0] / size[1] }}>
        <div class="row spread">
          <Pager page={index + 1} pages={pages.length} onPage={(to) => onShow(to - 1)} />
          <Button small onClick={onClose}>
            {t.value.shell.close}
          </Button>
        </div>
        <Leaf key={index} job={job} place={place} page={page} size={size} name={name} />
      </div>
    </Dialog>
  )
}
