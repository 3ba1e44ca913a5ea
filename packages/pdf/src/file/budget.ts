import { JobFailure } from '@pdf-smaller/contracts'
import { openTurns, type Pause } from '../turns.ts'

/** Values to an object, on the average, beyond which a document is not taken. */
const valuesPerObject = 16
/** Rows of cross-reference tables to an object: each change of a document may tell of all objects anew. */
const rowsPerObject = 8
/**
 * What all object streams of a document may unpack to, bytes: the texts of objects come to a tenth or so of their size
 * when they are packed, and small files are not to take much memory.
 */
const mostUnpackedOf = (fileBytes: number) => Math.min(256 * 1024 * 1024, 16 * 1024 * 1024 + 64 * fileBytes)
/** What is searched for the ends of streams that tell a wrong length, bytes: half a second's work. */
const mostSearched = 1024 * 1024 * 1024

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
  /** Counts the objects in use that one part of the cross-reference information tells of. */
  inUse: () => () => void
  pause: Pause
}

/**
 * @param mostObjects objects beyond which a document is not taken
 * @param fileBytes the size of its file
 */
export function budgetOf(mostObjects: number, signal: AbortSignal, fileBytes: number): Budget {
  const mostUnpacked = mostUnpackedOf(fileBytes)
  const left = {
    objects: mostObjects,
    values: mostObjects * valuesPerObject,
    rows: mostObjects * rowsPerObject,
  }
  let [unpackedLeft, searchedLeft] = [mostUnpacked, mostSearched]
  const tooMany = () => new JobFailure('too_many_objects', `${mostObjects} objects are allowed`)
  const take = (kind: keyof typeof left, count: number) => {
    left[kind] -= count
    if (left[kind] < 0) throw tooMany()
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
    inUse: () => {
      let count = 0
      return () => {
        if (++count > mostObjects) throw tooMany()
      }
    },
    pause: openTurns(signal),
  }
}
