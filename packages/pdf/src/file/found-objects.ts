import { parseValue } from '../objects/parse.ts'
import { type Dictionary, isDictionary, isReference } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import type { CrossReference } from './cross-reference.ts'
import { Entries } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'

const searchedAtOnce = 256 * 1024
/** What is looked for is shorter, bytes; it may stand on the border of two parts. */
const overlap = 256
/** A trailer, and the part of an object's dictionary that tells what it is, bytes. */
const dictionaryBytes = 4096
const ignored = { reference: () => {}, count: () => {} }

/** The start of an object, of a trailer, or what a catalogue says of itself. */
const marks =
  /(?<![\d.])(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj(?![a-z])|\btrailer\b|\/Type\s{0,9}\/Catalog\b/g

/**
 * Finds the objects of a document that tells nothing of use about their places, as viewers do: by the words that they
 * start with, of those of one number the last. What is packed is not found.
 * @throws JobFailure damaged_pdf, too_many_objects
 */
export async function findObjects(file: FileBytes, budget: Budget): Promise<CrossReference> {
  const entries = new Entries()
  const inUse = budget.inUse()
  let trailer: Dictionary = {}
  let [last, catalogue] = ['', '']
  let hasTrailer = false
  for (let from = 0; from < file.size; from += searchedAtOnce) {
    const bytes = file.slice(from, searchedAtOnce + overlap)
    budget.addSearched(bytes.length)
    for (const { 0: mark, 1: number, 2: generation, index } of bytes.toString('latin1').matchAll(marks)) {
      await budget.pause()
      if (index >= searchedAtOnce) break
      if (number !== undefined) {
        budget.addRows(1)
        if (!entries.has(Number(number))) inUse()
        entries.set(Number(number), { kind: 'at', at: from + index, generation: Number(generation) })
        last = `${Number(number)} ${Number(generation)} R`
      } else if (mark === 'trailer') {
        hasTrailer = true
        trailer = { ...trailer, ...dictionaryAt(file, from + index + mark.length) }
      } else catalogue = last
    }
  }
  const isTold = isReference(trailer['/Root']) && entries.has(Number.parseInt(trailer['/Root'], 10))
  // Without any trailer no viewer shows a file.
  const isGuessed = !isTold && hasTrailer && catalogue !== ''
  const root = isGuessed ? { '/Root': catalogue } : {}
  const mended = ['its objects were searched for']
  return { entries, trailer: { ...trailer, ...root }, mended, isMiscounted: false }
}

/** Empty where none can be read. */
function dictionaryAt(file: FileBytes, at: number): Dictionary {
  try {
    const value = parseValue(file.slice(at, dictionaryBytes), 0, ignored)?.value
    return isDictionary(value) ? value : {}
  } catch {
    return {}
  }
}
