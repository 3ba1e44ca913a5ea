import { useState } from 'preact/hooks'
import type { Job } from '../../../api/job.ts'
import { pagesOf } from '../../../api/pages.ts'
import { formats, t } from '../../../texts/index.ts'
import { Button, Failure, Skeleton } from '../../../ui/index.ts'
import { proportionsOf } from '../leaf.tsx'
import { useLoaded } from '../loaded.ts'
import { Pager } from '../pager.tsx'
import { Slider } from './slider.tsx'

const zooms = [1, 1.5, 2, 3, 4, 6]

/** Pages before and after, at the same place and size. */
export function Compare({ job }: { job: Job }) {
  const { value, trouble, again } = useLoaded(() => pagesOf(job.id, 'input-1'), [job.id])
  const [page, setPage] = useState(1)
  const [zoom, setZoom] = useState(1)
  const [share, setShare] = useState(0.5)
  const { job: words } = t.value
  const action = { words: t.value.trouble.again, act: again }
  if (trouble) return <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />
  if (!value) return <Skeleton lines={6} />
  const size = proportionsOf(value, page)
  return (
    <section class="compare" aria-label={words.compare} style={{ '--ratio': size[0] / size[1] }}>
      <div class="row spread">
        <Pager page={page} pages={value.pages} onPage={setPage} />
        <Zoom zoom={zoom} onZoom={setZoom} />
      </div>
      <Slider key={page} job={job.id} page={page} zoom={zoom} share={share} onShare={setShare} />
      <Sizes job={job} />
    </section>
  )
}

function Zoom({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const { job: words } = t.value
  const at = zooms.indexOf(zoom)
  const to = (step: number) => () => onZoom(zooms[at + step] ?? zoom)
  return (
    <div class="row zoom">
      <Button small look="quiet" label={words.smaller} disabled={at <= 0} onClick={to(-1)}>
        <span aria-hidden="true">−</span>
      </Button>
      <span class="small soft" role="status">
        {formats.value.percent(zoom)}
      </span>
      <Button small look="quiet" label={words.larger} disabled={at >= zooms.length - 1} onClick={to(1)}>
        <span aria-hidden="true">+</span>
      </Button>
    </div>
  )
}

/** What each side takes. */
function Sizes({ job: { inputs, outputs } }: { job: Job }) {
  const { job: words } = t.value
  const { bytes, percent } = formats.value
  const [before, after] = [inputs[0]?.size ?? 0, outputs[0]?.size ?? 0]
  const change = before > 0 ? after / before - 1 : 0
  const told =
    Math.abs(change) < 0.0005
      ? words.sameSize
      : change < 0
        ? words.less(percent(-change))
        : words.more(percent(change))
  return (
    <dl class="sizes">
      <div>
        <dt>{words.before}</dt>
        <dd>{bytes(before)}</dd>
      </div>
      <div>
        <dt>{words.after}</dt>
        <dd>
          {bytes(after)} <span class={change < 0 ? 'gain' : 'soft'}>{told}</span>
        </dd>
      </div>
    </dl>
  )
}
