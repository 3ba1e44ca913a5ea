import { useEffect, useState } from 'preact/hooks'
import { ask, type Asked } from '../../api/ask.ts'
import type { z } from '../../api/parts.ts'
import { asTrouble, type Trouble } from '../../api/trouble.ts'

/** What the server says, or why it does not; neither while it is asked for the first time. */
export type Answered<Value> = { value?: Value; trouble?: Trouble; again: () => void }

type Asking = Pick<Asked, 'orStatus'> & {
  /** Asked again after so many ms, while somebody sees the page. */
  everyMs?: number
}

/**
 * Asks when a view is shown, and again every so often. An answer stays until the next one is there, also where that fails.
 * @param path empty where nothing is to be asked
 */
export function useAsked<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  { everyMs, ...asked }: Asking = {},
): Answered<z.output<Schema>> {
  type Value = z.output<Schema>
  const [answer, setAnswer] = useState<{ path: string; value?: Value; trouble?: Trouble }>({ path })
  const [round, setRound] = useState(0)
  const again = () => setRound((before) => before + 1)
  useEffect(() => {
    if (path === '') return undefined
    const leaving = new AbortController()
    const once = () =>
      ask(path, schema, { ...asked, signal: leaving.signal }).then(
        (value) => setAnswer({ path, value }),
        (error: unknown) => {
          if (leaving.signal.aborted) return
          setAnswer((before) => ({
            ...(before.path === path ? before : { path }),
            trouble: asTrouble(error),
          }))
        },
      )
    void once()
    const timer = everyMs && setInterval(() => !document.hidden && void once(), everyMs)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [path, round])
  const { value, trouble } = answer.path === path ? answer : {}
  return { ...(value === undefined ? {} : { value }), ...(trouble ? { trouble } : {}), again }
}
