import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { hasMoved } from '../routing.ts'

/** The heading of a view: it names the document, and takes the focus of whoever has moved here. */
export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (hasMoved) ref.current?.focus()
  }, [])
  useEffect(() => {
    document.title = `${title} · PDF Smaller`
  }, [title])
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children ?? title}
    </h1>
  )
}
