import { useEffect, useState } from 'preact/hooks'
import { pictureOf, type PictureOf } from '../../api/pages.ts'
import { asTrouble, Trouble } from '../../api/trouble.ts'

/** Pictures that are asked for at once: a browser has six connections, some of which follow events. */
const mostAtOnce = 3
/** A gateway that has enough to draw is asked again, so often and after so long, ms. */
const [mostTries, pauseMs] = [6, 1500]

const waiting: (() => void)[] = []
let free = mostAtOnce

async function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    signal.throwIfAborted()
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
}

async function fetched(of: PictureOf, signal: AbortSignal, tries = 1): Promise<Blob> {
  try {
    return await inTurn(signal, () => pictureOf(of, signal))
  } catch (error) {
    const isBusy = error instanceof Trouble && ['too_many_drawings', 'overloaded'].includes(error.code)
    if (!isBusy || tries >= mostTries) throw error
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    return fetched(of, signal, tries + 1)
  }
}

export type Shown = { url?: string; trouble?: Trouble }

/** A page as the address of a picture, once it is drawn; a larger one takes the place of a smaller one when it is there. */
export function usePicture(of: PictureOf, isWanted = true): Shown {
  const [shown, setShown] = useState<Shown>({})
  const { job, place, page, width } = of
  useEffect(() => {
    if (!isWanted || width <= 0) return
    const leaving = new AbortController()
    let url: string | undefined
    fetched({ job, place, page, width }, leaving.signal).then(
      (blob) => {
        if (leaving.signal.aborted) return
        url = URL.createObjectURL(blob)
        setShown({ url })
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setShown({ trouble: asTrouble(error) })
      },
    )
    return () => {
      leaving.abort()
      // Until the next one is there, it is still shown.
      const old = url
      if (old) setTimeout(() => URL.revokeObjectURL(old), 30_000)
    }
  }, [job, place, page, width, isWanted])
  return shown
}
