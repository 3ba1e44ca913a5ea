import type { ComponentChildren } from 'preact'
import { useEffect, useId } from 'preact/hooks'

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/** Several views of one thing, one at a time; arrow keys move between them (WAI-ARIA, pattern "tabs"). */
export function Tabs<Name extends string>({
  label,
  tabs,
  shown,
  onShow,
  children,
}: {
  label: string
  tabs: readonly (readonly [Name, string])[]
  shown: Name
  onShow: (name: Name) => void
  children: ComponentChildren
}) {
  const id = useId()
  // On narrow screens not all of them are seen at once.
  useEffect(() => intoView(document.getElementById(`${id}-${shown}`)), [shown])
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const index = tabs.findIndex(([name]) => name === shown)
    const [next] = tabs.at((index + step) % tabs.length) ?? []
    if (next === undefined) return
    onShow(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <div class="stack">
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(([name, words]) => (
          <button
            key={name}
            type="button"
            class="tab"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === shown}
            aria-controls={`${id}-panel`}
            tabIndex={name === shown ? 0 : -1}
            onClick={() => onShow(name)}
          >
            {words}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`}>
        {children}
      </div>
    </div>
  )
}

/** Scrolls the row of tabs, and nothing else. */
function intoView(tab: HTMLElement | null): void {
  const row = tab?.parentElement
  if (!tab || !row) return
  const [one, all] = [tab.getBoundingClientRect(), row.getBoundingClientRect()]
  row.scrollLeft += one.left - all.left - (all.width - one.width) / 2
}
