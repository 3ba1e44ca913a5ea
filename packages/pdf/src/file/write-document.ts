import type { NewObject } from './new-document.ts'
import { serialise } from '../objects/serialise.ts'
import type { Dictionary } from '../objects/pdf-objects.ts'
import { writeObjects, type WrittenObject } from './write-objects.ts'

/** The objects of a document by their number, the first is 1; those without streams are packed together. */
export type DocumentContent = {
  objects: readonly NewObject[]
  /** The entries of the trailer: Root and Info. */
  trailer: Dictionary
}

/**
 * Writes a document that was made anew.
 * @returns the size of the file, bytes
 */
export async function writeDocument(path: string, { objects, trailer }: DocumentContent): Promise<number> {
  return writeObjects(path, {
    objects: objects.map((object, index) => written(object, index + 1)),
    count: objects.length,
    trailer,
    version: '1.7',
  })
}

function written(object: NewObject, number: number): WrittenObject {
  if ('value' in object) return { number, text: serialise(object.value) }
  const data = 'data' in object ? object.data : object.file
  return { number, text: serialise({ ...object.dictionary, '/Length': data.length }), data }
}
