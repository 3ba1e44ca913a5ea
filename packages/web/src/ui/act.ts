import { useRef, useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../api/trouble.ts'

/** What somebody has pressed a button for: whether it is under way, and what went wrong with it when it was last tried. */
export type Act = {
  isUnderWay: boolean
  trouble: Trouble | undefined
  /** Begins, once however often it is pressed; the old trouble goes at once. @param act may throw */
  carryOut: (act: () => Promise<unknown>) => void
}

export function useAct(): Act {
  const [trouble, setTrouble] = useState<Trouble>()
  const [isUnderWay, setUnderWay] = useState(false)
  // What is pressed twice is pressed before it is drawn again.
  const isActing = useRef(false)
  const carryOut = (act: () => Promise<unknown>) => {
    if (isActing.current) return
    isActing.current = true
    setUnderWay(true)
    setTrouble(undefined)
    void act()
      .catch((error: unknown) => setTrouble(asTrouble(error)))
      .finally(() => {
        isActing.current = false
        setUnderWay(false)
      })
  }
  return { isUnderWay, trouble, carryOut }
}
