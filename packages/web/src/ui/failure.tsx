import type { Trouble } from '../api/trouble.ts'
import { t } from '../texts/index.ts'
import { failureLanguage } from '../texts/failure-words.ts'
import { Button } from './button.tsx'

/** What failed, why, and what to do, with a button that does it. */
export function Failure({
  trouble,
  action,
}: {
  trouble: Pick<Trouble, 'title' | 'message' | 'code' | 'traceId'>
  action?: { words: string; act: () => void } | undefined
}) {
  const { message, code, traceId } = trouble
  const own = t.value.job.failures[code]
  const { what: title } = own ?? { what: trouble.title }
  const rest = own
    ? own.todo
    : message.startsWith(title)
      ? message.slice(title.length).replace(/^[.:]\s*/, '')
      : message
  return (
    <div class="failure" role="alert">
      <strong lang={failureLanguage(trouble)}>{title}</strong>
      {rest && <p lang={failureLanguage(trouble)}>{rest}</p>}
      {traceId && <p class="small soft">{t.value.trouble.trace(traceId)}</p>}
      {action && <Button onClick={action.act}>{action.words}</Button>}
    </div>
  )
}
