import type { Log } from '@pdf-smaller/platform'

/** Long enough for the few events of a quick job to be saved as one row. */
const saveEveryMs = 100
const saveAgainMs = 5000
/** Rows saved in one transaction while the projection is rebuilt. */
const largestSave = 5000

/** When the rows in memory are written to the tables. */
export type Saving = {
  now: () => void
  /** Something has changed: it is saved after a moment, with what changes until then. */
  soon: (changedRows: number) => void
  /** A rebuild begins: only full transactions are saved. */
  hurry: () => void
  /** The rebuild is over; from now on everything is saved after a moment. */
  endHurry: () => void
}

/** @param write saves everything up to now; it may throw, and is then tried again */
export function openSaving(write: () => void, log: Log): Saving {
  let timer: NodeJS.Timeout | undefined
  let hurried = true
  const now = () => {
    clearTimeout(timer)
    timer = undefined
    try {
      write()
    } catch (error) {
      // A full disk: the rows stay in memory, and what a crash takes is read again from the stream.
      log.error({ err: error }, 'the projection could not be saved; it tries again')
      timer = setTimeout(now, saveAgainMs)
    }
  }
  return {
    now,
    soon: (changedRows) => {
      if (changedRows >= largestSave) now()
      else if (!hurried) timer ??= setTimeout(now, saveEveryMs)
    },
    hurry: () => {
      hurried = true
      clearTimeout(timer)
      timer = undefined
    },
    endHurry: () => {
      hurried = false
      now()
    },
  }
}
