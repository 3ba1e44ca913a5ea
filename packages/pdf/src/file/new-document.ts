import type { NewObject } from './new-object.ts'
import type { Dictionary } from '../objects/pdf-objects.ts'
import { writeDocument } from './write-document.ts'

/** The objects of a document in the making, by their number; the first is 1. */
export type NewObjects = {
  objects: NewObject[]
  add: (object: NewObject) => string
  put: (reference: string, object: NewObject) => void
  /** A reference for an object that is put later. */
  reserve: () => string
}

export function newObjects(): NewObjects {
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

/** A plain document in the making: pages, and what stands on them. */
export type NewDocument = Pick<NewObjects, 'add' | 'put'> & {
  /** Adds a page with a box of points (left, bottom, right, top), and what else its dictionary is to hold. */
  addPage: (box: readonly number[], contents: unknown, resources: unknown, more?: Dictionary) => void
  write: (output: string) => Promise<void>
}

export function newDocument(): NewDocument {
  const { objects, add, put, reserve } = newObjects()
  const [root, catalogue] = [reserve(), reserve()]
  const pages: string[] = []
  return {
    add,
    put,
    addPage: (box, contents, resources, more = {}) => {
      const page = { '/Type': '/Page', '/Parent': root, '/MediaBox': box }
      pages.push(add({ value: { ...page, '/Contents': contents, '/Resources': resources, ...more } }))
    },
    write: async (output) => {
      put(root, { value: { '/Type': '/Pages', '/Kids': pages, '/Count': pages.length } })
      put(catalogue, { value: { '/Type': '/Catalog', '/Pages': root } })
      await writeDocument(output, { objects, trailer: { '/Root': catalogue } })
    },
  }
}
