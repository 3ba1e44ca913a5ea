import { useState } from 'preact/hooks'
import { pagesOf, type PageList, type Place } from '../../api/pages.ts'
import { t } from '../../texts/index.ts'
import { Button, Failure, Skeleton } from '../../ui/index.ts'
import { Leaf, proportionsOf } from './leaf.tsx'
import { useLoaded } from './loaded.ts'

/** Pages that are added at once. */
const portion = 24

/** The pages of a file side by side. */
export function Strip({ job, place, label }: { job: string; place: Place; label: string }) {
  const { value, trouble, again } = useLoaded(() => pagesOf(job, place), [job, place])
  const action = { words: t.value.trouble.again, act: again }
  if (trouble) return <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
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

/** Pages, a portion at first and more where they are wanted. */
export function Pages({ job, label, pages }: { job: string; label: string; pages: readonly LeafOf[] }) {
  const [shown, setShown] = useState(portion)
  const { job: words } = t.value
  return (
    <section class="stack" aria-label={label}>
      <ol class="leaves">
        {pages.slice(0, shown).map(({ place, page, size, name }) => (
          <li key={`${place} ${page}`}>
            <Leaf job={job} place={place} page={page} size={size} name={name} />
            <p class="small soft leaf-name">{name}</p>
          </li>
        ))}
      </ol>
      {shown < pages.length && (
        <div>
          <Button onClick={() => setShown(shown + portion)}>{words.morePages(pages.length - shown)}</Button>
        </div>
      )}
    </section>
  )
}
