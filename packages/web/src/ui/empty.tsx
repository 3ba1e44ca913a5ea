import type { ComponentChildren } from 'preact'

/** What is said where there is nothing to show, and what may be done about it. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>
}
