import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { drawn } from './windowing.ts'

/** A list of any length, of which only the rows on the screen are drawn. The page itself scrolls. */
export function WindowList<Row>({
  label,
  rows,
  keyOf,
  draw,
  onNearEnd,
}: {
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  draw: (row: Row) => ComponentChildren
  /** Called when the end comes near; where it is another function, it is called again if the end still is. */
  onNearEnd: () => void
}) {
  const list = useRef<HTMLUListElement>(null)
  const view = useSignal({ top: 0, height: innerHeight, row: 72 })
  useEffect(() => {
    const look = () => {
      const { current } = list
      if (!current) return
      const row = rowHeight(current)
      const top = Math.round(-current.getBoundingClientRect().top / row) * row
      const before = view.peek()
      if (before.top !== top || before.height !== innerHeight || before.row !== row)
        view.value = { top, height: innerHeight, row }
    }
    look()
    const ending = new AbortController()
    addEventListener('scroll', look, { signal: ending.signal, passive: true })
    addEventListener('resize', look, { signal: ending.signal })
    return () => ending.abort()
  }, [])
  const { first, end } = drawn(rows.length, view.value)
  useEffect(() => {
    if (end >= rows.length) onNearEnd()
  }, [end, rows.length, onNearEnd])
  return (
    <ul
      ref={list}
      class="window"
      aria-label={label}
      style={{ blockSize: `calc(${rows.length} * var(--row))` }}
    >
      {rows.slice(first, end).map((row, index) => (
        <li
          key={keyOf(row)}
          class="window-row"
          aria-setsize={rows.length}
          aria-posinset={first + index + 1}
          style={{ insetBlockStart: `calc(${first + index} * var(--row))` }}
        >
          {draw(row)}
        </li>
      ))}
    </ul>
  )
}

/** The height that the styles give to rows, px. */
function rowHeight(list: HTMLElement): number {
  const first = list.querySelector<HTMLElement>('.window-row')
  return first?.offsetHeight || 72
}
