import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

/** What can be done besides, folded behind three dots; it closes when something was chosen, on Escape, and when focus leaves. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const ref = useRef<HTMLDetailsElement>(null)
  const close = () => ref.current?.removeAttribute('open')
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return
    close()
    ref.current?.querySelector('summary')?.focus()
  }
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node) || !ref.current?.contains(relatedTarget)) close()
  }
  return (
    <details ref={ref} class="menu" onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <summary class="button button-quiet button-small" aria-label={label}>
        <span aria-hidden="true">⋯</span>
      </summary>
      <div class="menu-items" onClick={close}>
        {children}
      </div>
    </details>
  )
}
