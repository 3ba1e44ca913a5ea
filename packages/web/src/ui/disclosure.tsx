import type { ComponentChildren } from 'preact'

/** What few need: folded, until it is asked for. */
export function Disclosure({
  summary,
  open = false,
  children,
}: {
  summary: string
  open?: boolean
  children: ComponentChildren
}) {
  return (
    <details class="fold" open={open}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  )
}
