import type { NewObject } from '@pdf-smaller/pdf'

/** The objects of a new document, by their number; the first is 1. */
export type Target = {
  objects: NewObject[]
  add: (object: NewObject) => string
  put: (reference: string, object: NewObject) => void
  /** A reference for an object that is put later. */
  reserve: () => string
}

export function openTarget(): Target {
  const objects: NewObject[] = []
  const add = (object: NewObject) => `${objects.push(object)} 0 R`
  return {
    objects,
    add,
    put: (reference, object) => {
      objects[Number.parseInt(reference, 10) - 1] = object
    },
    reserve: () => add({ value: null }),
  }
}
