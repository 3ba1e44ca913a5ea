import { useCallback, useEffect, useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../../api/trouble.ts'

export type Loaded<T> = { value?: T; trouble?: Trouble; again: () => void }

/** What is loaded anew whenever one of `by` changes; what was there stays until then. */
export function useLoaded<T>(load: () => Promise<T>, by: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; trouble?: Trouble }>({})
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isCurrent = true
    load().then(
      (value) => isCurrent && setState({ value }),
      (error: unknown) => isCurrent && setState({ trouble: asTrouble(error) }),
    )
    return () => {
      isCurrent = false
    }
  }, [...by, turn])
  return { ...state, again: useCallback(() => setTurn((before) => before + 1), []) }
}
