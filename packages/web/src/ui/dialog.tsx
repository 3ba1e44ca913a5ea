import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { dialogsOpen, Toasts } from './toast.tsx'

/** A question in front of the page; the browser keeps focus inside and gives it back. */
export function Dialog({
  title,
  onClose,
  stays = false,
  children,
}: {
  title: string
  onClose: () => void
  /** It cannot be closed meanwhile. */
  stays?: boolean
  children: ComponentChildren
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  // It is never seen before it is in front.
  useLayoutEffect(() => {
    ref.current?.showModal()
    dialogsOpen.value += 1
    return () => {
      dialogsOpen.value -= 1
    }
  }, [])
  const closed = () => (stays ? ref.current?.showModal() : onClose())
  return (
    <dialog ref={ref} class="dialog stack" aria-labelledby={id} onClose={closed}>
      <h2 id={id}>{title}</h2>
      {children}
      <Toasts />
    </dialog>
  )
}
