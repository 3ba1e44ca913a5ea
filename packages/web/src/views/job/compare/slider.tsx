import { useRef } from 'preact/hooks'
import { t } from '../../../texts/index.ts'
import { useWidth } from '../measured.ts'
import { type Shown, usePicture } from '../pictures.ts'
import { useCentre, useCut, useGrab } from './room.ts'

/** A page of both files, one over the other; the line between them is moved by a slider, or by its handle. */
export function Slider({
  job,
  page,
  zoom,
  share,
  onShare,
}: {
  job: string
  page: number
  zoom: number
  /** Where the line stands, from 0 to 1. */
  share: number
  onShare: (share: number) => void
}) {
  const { job: words } = t.value
  const room = useRef<HTMLDivElement>(null)
  const width = useWidth(room) * zoom
  const before = usePicture({ job, place: 'input-1', page, width })
  const after = usePicture({ job, place: 'output-1', page, width })
  useCut(room, share, zoom)
  useCentre(room, zoom)
  useGrab(room)
  return (
    <>
      <div class="compare-frame">
        <div
          class={`compare-room ${zoom > 1 ? 'compare-large' : ''}`}
          ref={room}
          tabIndex={0}
          role="region"
          aria-label={words.compareRoom(page)}
        >
          <div class="compare-sheet" style={{ inlineSize: `${zoom * 100}%` }}>
            <Side shown={before} name={words.beforeOf(page)} />
            <Side shown={after} name={words.afterOf(page)} isOver />
          </div>
        </div>
        <Line share={share} onShare={onShare} />
      </div>
      <input
        class="compare-range"
        type="range"
        min={0}
        max={100}
        value={Math.round(share * 100)}
        aria-label={words.compareShare}
        aria-valuetext={words.compareValue(Math.round(share * 100))}
        onInput={({ currentTarget }) => onShare(Number(currentTarget.value) / 100)}
      />
    </>
  )
}

/** The line between both sides, with a handle for mice and fingers; keyboards have the slider. */
function Line({ share, onShare }: { share: number; onShare: (share: number) => void }) {
  const drag = ({ currentTarget, clientX, buttons }: PointerEvent) => {
    const frame = currentTarget instanceof Element ? currentTarget.parentElement : null
    if (buttons === 0 || !frame) return
    const { left, width } = frame.getBoundingClientRect()
    onShare(Math.min(1, Math.max(0, (clientX - left) / width)))
  }
  const hold = ({ currentTarget, pointerId }: PointerEvent) => {
    if (currentTarget instanceof Element) currentTarget.setPointerCapture(pointerId)
  }
  return (
    <div
      class="compare-line"
      aria-hidden="true"
      style={{ insetInlineStart: `${share * 100}%` }}
      onPointerDown={hold}
      onPointerMove={drag}
    >
      <span />
    </div>
  )
}

function Side({ shown: { url, trouble }, name, isOver }: { shown: Shown; name: string; isOver?: true }) {
  const side = isOver ? 'compare-after' : 'compare-before'
  if (url) return <img class={side} src={url} alt={name} draggable={false} />
  return (
    <div class={`${side} compare-empty`}>
      {trouble ? <p class="small leaf-trouble">{trouble.title}</p> : <span class="leaf-waits" />}
    </div>
  )
}
