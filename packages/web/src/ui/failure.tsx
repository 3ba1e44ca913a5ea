import type { Trouble } from '../api/trouble.ts'
import { t } from '../texts/index.ts'
import { Button } from './button.tsx'

/** What failed, why, and what to do, with a button that does it. */
export function Failure({
  trouble,
  action,
}: {
  trouble: Pick<Trouble, 'title' | 'message' | 'traceId'>
  action?: { words: string; act: () => void } | undefined
}) {
  const { title, message, traceId } = trouble
  const rest = message.startsWith(title) ? message.slice(title.length).replace(/^[.:]\s*/, '') : message
  return (
    <div class="failure" role="alert">
      <strong>{title}</strong>
      {rest && <p>{rest}</p>}
      {traceId && <p class="small soft">{t.value.trouble.trace(traceId)}</p>}
      {action && <Button onClick={action.act}>{action.words}</Button>}
    </div>
  )
}
