import { signal } from '@preact/signals'
import { t } from '../texts/index.ts'
import { Button } from './button.tsx'

export type Toast = {
  id: number
  words: string
  /** What may still be done about it. */
  action?: { words: string; act: () => void } | undefined
}

/** They stand below what is shown, in the flow of the page, and never over it. */
const toasts = signal<readonly Toast[]>([])
let newest = 0

/** Tells something in passing. @returns takes it away again */
export function tell(words: string, action?: Toast['action']): () => void {
  newest += 1
  const id = newest
  toasts.value = [...toasts.value, { id, words, action }]
  return () => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
}

export function Toasts() {
  const remove = (id: number) => () => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, words, action }) => (
        <div class="toast" key={id}>
          <span>{words}</span>
          {action && (
            <Button small onClick={action.act}>
              {action.words}
            </Button>
          )}
          <Button small look="quiet" onClick={remove(id)}>
            {t.value.shell.close}
          </Button>
        </div>
      ))}
    </div>
  )
}
