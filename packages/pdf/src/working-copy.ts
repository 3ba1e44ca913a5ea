import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type EngineContext, type QpdfJson, rewrite, type RewriteOptions } from '@pdf-smaller/engines'
import { jsonOf } from './serialise.ts'
import { type Dictionary, pdfObjects, type PdfObject, type PdfObjects } from './pdf-objects.ts'

/** A stream, with the file that holds its raw bytes. */
export type PdfStream = { reference: string; dictionary: Dictionary; file: string }

/** A document whose objects can be put anew, one by one; what is not touched stays as it is in the file. */
export type WorkingCopy = PdfObjects & {
  streams: () => PdfStream[]
  stream: (reference: unknown) => PdfStream | undefined
  read: (stream: PdfStream) => Promise<Buffer>
  putStream: (reference: string, dictionary: Dictionary, bytes: Uint8Array) => Promise<void>
  put: (reference: string, object: PdfObject) => void
  /** @returns the reference of an object that did not stand in the file */
  add: (object: PdfObject) => string
  /** @returns the reference of a stream that did not stand in the file */
  addStream: (dictionary: Dictionary, bytes: Uint8Array) => Promise<string>
  /** Writes the file with all that was put. */
  write: (output: string, context: EngineContext, how?: Pick<RewriteOptions, 'newlines'>) => Promise<void>
}

/**
 * @param json the document's objects, with their streams in files
 * @param folder a private folder for what is put
 */
export function openWorkingCopy(input: string, json: QpdfJson, folder: string): WorkingCopy {
  const objects = pdfObjects(json)
  const changed = new Set<string>()
  const [head] = json.qpdf
  let lastNumber = head.maxobjectid
  let files = 0
  const newFile = () => path.join(folder, `new-${files++}`)
  const put = (reference: string, object: PdfObject) => {
    objects.all.set(reference, object)
    changed.add(reference)
  }
  const stream = (reference: unknown): PdfStream | undefined => {
    const object = typeof reference === 'string' ? objects.all.get(reference) : undefined
    if (typeof reference !== 'string' || !object || !('dictionary' in object) || !object.file)
      return undefined
    return { reference, dictionary: object.dictionary, file: object.file }
  }
  const add = (object: PdfObject) => {
    const reference = `${++lastNumber} 0 R`
    put(reference, object)
    return reference
  }
  const putStream = async (reference: string, dictionary: Dictionary, bytes: Uint8Array) => {
    const file = newFile()
    await writeFile(file, bytes)
    put(reference, { dictionary, file })
  }
  return {
    ...objects,
    streams: () => [...objects.all.keys()].map(stream).filter((each) => each !== undefined),
    stream,
    read: ({ file }) => readFile(file),
    put,
    putStream,
    add,
    addStream: async (dictionary, bytes) => {
      const reference = add({ value: null })
      await putStream(reference, dictionary, bytes)
      return reference
    },
    write: async (output, context, how = {}) => {
      if (changed.size === 0) return rewrite(input, output, context, how)
      const update = newFile()
      // What nothing refers to any more is left out by qpdf; told to put null there, 11.3 loses other objects too.
      const entries = [...changed].flatMap((reference) => {
        const object = objects.all.get(reference)
        return object ? [[`obj:${reference}`, entryOf(object)]] : []
      })
      const content = [{ ...head, maxobjectid: lastNumber }, Object.fromEntries(entries)]
      await writeFile(update, jsonOf({ version: 2, parameters: { decodelevel: 'none' }, qpdf: content }))
      await rewrite(input, output, context, { ...how, update })
    },
  }
}

/** An object as qpdf's JSON, version 2, has it. The length of a stream is that of its bytes. */
function entryOf(object: PdfObject): object {
  if ('value' in object) return { value: object.value ?? null }
  const { '/Length': _, ...dict } = object.dictionary
  return { stream: { dict, datafile: object.file } }
}
