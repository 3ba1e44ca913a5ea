import { setImmediate } from 'node:timers/promises'
import { JobFailure } from '@pdf-smaller/contracts'

/** Values to an object, on the average, beyond which a document is not taken. */
const valuesPerObject = 16
/** Rows of cross-reference tables to an object: each change of a document may tell of all objects anew. */
const rowsPerObject = 8
/** What all object streams of a document may unpack to, bytes. */
const mostUnpacked = 256 * 1024 * 1024
/** What is searched for the ends of streams that tell a wrong length, bytes: half a second's work. */
const mostSearched = 1024 * 1024 * 1024
/** Other work waits no longer than this, milliseconds. */
const longestTurn = 10

/** What reading one document may take. */
export type Budget = {
  mostObjects: number
  /** @throws JobFailure too_many_objects */
  addObject: () => void
  addValues: (count: number) => void
  addRows: (count: number) => void
  /** @throws JobFailure decompression_bomb */
  addUnpacked: (bytes: number) => void
  unpackedLeft: () => number
  /** @throws JobFailure damaged_pdf once more is searched than a sound document needs */
  addSearched: (bytes: number) => void
  /** Lets other work have its turn when this has had its own. */
  pause: () => Promise<void> | undefined
}

/** @param mostObjects objects beyond which a document is not taken */
export function budgetOf(mostObjects: number, signal: AbortSignal): Budget {
  const left = {
    objects: mostObjects,
    values: mostObjects * valuesPerObject,
    rows: mostObjects * rowsPerObject,
  }
  let [unpackedLeft, searchedLeft] = [mostUnpacked, mostSearched]
  let began = performance.now()
  const take = (kind: keyof typeof left, count: number) => {
    left[kind] -= count
    if (left[kind] < 0) throw new JobFailure('too_many_objects', `${mostObjects} objects are allowed`)
  }
  return {
    mostObjects,
    addObject: () => take('objects', 1),
    addValues: (count) => take('values', count),
    addRows: (count) => take('rows', count),
    addUnpacked: (bytes) => {
      unpackedLeft -= bytes
      if (unpackedLeft < 0)
        throw new JobFailure('decompression_bomb', `its objects unpack to over ${mostUnpacked} bytes`)
    },
    unpackedLeft: () => unpackedLeft,
    addSearched: (bytes) => {
      searchedLeft -= bytes
      if (searchedLeft < 0) throw new JobFailure('damaged_pdf', 'too many of its streams have a wrong length')
    },
    pause: () => {
      if (performance.now() - began < longestTurn) return undefined
      signal.throwIfAborted()
      return setImmediate().then(() => {
        began = performance.now()
      })
    },
  }
}
