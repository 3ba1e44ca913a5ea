import type { NewObject } from './new-object.ts'
import { serialise } from '../objects/serialise.ts'
import type { Dictionary } from '../objects/pdf-objects.ts'
import { reachedFrom } from '../objects/reached.ts'
import { writeObjects, type WrittenObject } from './write-objects.ts'

/** The objects of a document by their number, the first is 1; those without streams are packed together. */
export type DocumentContent = {
  objects: readonly NewObject[]
  /** The entries of the trailer: Root and Info. */
  trailer: Dictionary
}

/**
 * Writes a document that was made anew: those of its objects that the trailer leads to.
 * @returns the size of the file, bytes
 */
export async function writeDocument(path: string, { objects, trailer }: DocumentContent): Promise<number> {
  return writeObjects(path, {
    objects: numbersIn(objects, trailer).flatMap((number) => {
      const object = objects[number - 1]
      return object ? [written(object, number)] : []
    }),
    count: objects.length,
    trailer,
    version: '1.7',
  })
}

/** What is copied for one part may serve another, too, whose own copy then belongs to nothing. */
function numbersIn(objects: readonly NewObject[], trailer: Dictionary): number[] {
  const all = { get: (reference: string) => objects[Number.parseInt(reference, 10) - 1] }
  const numbers: number[] = []
  for (const each of reachedFrom({ all }, [trailer]))
    if ('reference' in each) numbers.push(Number.parseInt(each.reference, 10))
  return numbers.sort((one, other) => one - other)
}

function written(object: NewObject, number: number): WrittenObject {
  if ('value' in object) return { number, text: serialise(object.value) }
  const data = 'data' in object ? object.data : object.file
  return { number, text: serialise({ ...object.dictionary, '/Length': data.length }), data }
}
