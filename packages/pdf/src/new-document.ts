import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buildFromJson, type EngineContext } from '@pdf-smaller/engines'
import type { Dictionary, PdfObject } from './pdf-objects.ts'

/** An object that may bring its bytes along. */
export type NewObject = PdfObject | { dictionary: Dictionary; data: Uint8Array }

/** A document in the making. */
export type NewDocument = {
  add: (object: NewObject) => string
  put: (reference: string, object: NewObject) => void
  /** Adds a page of `width` × `height` points with its lower left corner at `left`, `bottom`. */
  addPage: (box: readonly number[], contents: unknown, resources: unknown) => void
  write: (output: string, context: EngineContext) => Promise<void>
}

/** An empty document that qpdf will write. */
export function newDocument(): NewDocument {
  const entries: Record<string, object> = {}
  const pages: string[] = []
  const [root, catalogue] = ['1 0 R', '2 0 R']
  let last = 2
  const put = (reference: string, object: NewObject) => {
    entries[`obj:${reference}`] = entryOf(object)
  }
  const add = (object: NewObject) => {
    const reference = `${++last} 0 R`
    put(reference, object)
    return reference
  }
  return {
    add,
    put,
    addPage: (box, contents, resources) => {
      const page = { '/Type': '/Page', '/Parent': root, '/MediaBox': box }
      pages.push(add({ value: { ...page, '/Contents': contents, '/Resources': resources } }))
    },
    write: async (output, context) => {
      put(root, { value: { '/Type': '/Pages', '/Kids': pages, '/Count': pages.length } })
      put(catalogue, { value: { '/Type': '/Catalog', '/Pages': root } })
      entries['trailer'] = { value: { '/Root': catalogue, '/Size': last + 1 } }
      const head = { jsonversion: 2, pdfversion: '1.7', maxobjectid: last }
      const json = path.join(path.dirname(output), `${path.basename(output)}.json`)
      await writeFile(
        json,
        JSON.stringify({ version: 2, parameters: { decodelevel: 'none' }, qpdf: [head, entries] }),
      )
      await buildFromJson(json, output, context)
    },
  }
}

/** An object as qpdf's JSON, version 2, has it. The length of a stream is that of its bytes. */
export function entryOf(object: NewObject): object {
  if ('value' in object) return { value: object.value ?? null }
  const { '/Length': _, ...dict } = object.dictionary
  if ('data' in object) return { stream: { dict, data: Buffer.from(object.data).toString('base64') } }
  return { stream: { dict, datafile: object.file } }
}
