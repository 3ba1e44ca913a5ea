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
    const dialog = ref.current
    dialog?.showModal()
    dialogsOpen.value += 1
    return () => {
      // One that is only taken away gives no focus back.
      dialog?.close()
      dialogsOpen.value -= 1
    }
  }, [])
  const closed = () => {
    // The browser tells of it later, when the dialog may be gone already.
    if (!ref.current) return
    if (stays) ref.current.showModal()
    else onClose()
  }
  return (
    <dialog ref={ref} class="dialog stack" aria-labelledby={id} onClose={closed}>
      <h2 id={id}>{title}</h2>
      {children}
      <Toasts />
    </dialog>
  )
}
