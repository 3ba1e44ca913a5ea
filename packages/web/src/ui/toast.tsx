import { signal } from '@preact/signals'
import { t } from '../texts/index.ts'
import { Button } from './button.tsx'

export type Toast = {
  id: number
  words: string
  /** What may still be done about it. */
  action?: { words: string; act: () => void } | undefined
}

/** They stand at the foot of the screen, and move nothing of what is shown. */
const toasts = signal<readonly Toast[]>([])
let newest = 0

/** What nothing can be done about goes by itself, ms. */
const shownMs = 10_000

/** Tells something in passing. @returns takes it away again */
export function tell(words: string, action?: Toast['action']): () => void {
  newest += 1
  const id = newest
  toasts.value = [...toasts.value, { id, words, action }]
  const take = () => {
    toasts.value = toasts.peek().filter((toast) => toast.id !== id)
  }
  if (!action) setTimeout(take, shownMs)
  return take
}

/** How many dialogs are in front of the page: the rest of it can neither be pressed nor heard meanwhile. */
export const dialogsOpen = signal(0)

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
