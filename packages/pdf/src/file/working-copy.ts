import { randomUUID } from 'node:crypto'
import { open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { EngineContext } from '@pdf-smaller/engines'
import { openFileBytes, type FileBytes } from './file-bytes.ts'
import type { OpenedDocument } from './open-document.ts'
import { writeCopy } from './write-copy.ts'
import type { ObjectPacking } from './write-objects.ts'
import { ChangedObjects } from './changed-objects.ts'
import {
  type Dictionary,
  type FileSlice,
  pdfObjects,
  type PdfObject,
  type PdfObjects,
} from '../objects/pdf-objects.ts'

/** A stream, with the part of a file that holds its raw bytes. */
export type PdfStream = { reference: string; dictionary: Dictionary; file: FileSlice }

/** A document whose objects can be put anew, one by one; what is not touched stays as it is in the file. */
export type WorkingCopy = PdfObjects & {
  streams: () => PdfStream[]
  stream: (reference: unknown) => PdfStream | undefined
  read: (stream: Pick<PdfStream, 'file'>) => Promise<Buffer>
  putStream: (reference: string, dictionary: Dictionary, bytes: Uint8Array) => Promise<void>
  put: (reference: string, object: PdfObject) => void
  /** @returns the reference of an object that did not stand in the file */
  add: (object: PdfObject) => string
  /** @returns the reference of a stream that did not stand in the file */
  addStream: (dictionary: Dictionary, bytes: Uint8Array) => Promise<string>
  /** Writes what the trailer leads to, with all that was put, protected as the file is. */
  write: (output: string, context: EngineContext, packing?: ObjectPacking) => Promise<void>
}

/** Short streams are read together with what stands beside them. */
const fewBytes = 64 * 1024

/** @param protectedAs the file whose encryption and permissions what is written gets */
export function openWorkingCopy(
  { read, source, folder }: Pick<OpenedDocument, 'read' | 'source' | 'folder'>,
  protectedAs: string | undefined,
): WorkingCopy {
  const objects = pdfObjects(new ChangedObjects(read.objects), read.trailer)
  const { all, trailer } = objects
  let bytes: FileBytes | undefined
  const short = ({ at, length }: FileSlice) =>
    Buffer.from((bytes ??= openFileBytes(source)).slice(at, length))
  let { lastNumber } = read
  // Few of many objects are streams, and they are asked for again and again.
  let mayBeStreams: Set<string> | undefined
  const put = (reference: string, object: PdfObject) => {
    if (!('value' in object)) mayBeStreams?.add(reference)
    all.set(reference, object)
  }
  const stream = (reference: unknown): PdfStream | undefined => {
    const object = typeof reference === 'string' ? all.get(reference) : undefined
    if (typeof reference !== 'string' || !object || 'value' in object) return undefined
    return { reference, ...object }
  }
  const add = (object: PdfObject) => {
    const reference = `${++lastNumber} 0 R`
    put(reference, object)
    return reference
  }
  const putStream = async (reference: string, dictionary: Dictionary, bytes: Uint8Array) => {
    const file = path.join(folder, randomUUID())
    await writeFile(file, bytes)
    put(reference, { dictionary, file: { path: file, at: 0, length: bytes.length } })
  }
  return {
    ...objects,
    streams: () => {
      mayBeStreams ??= new Set(streamsIn(all))
      return [...mayBeStreams].map(stream).filter((each) => each !== undefined)
    },
    stream,
    read: async ({ file }) => (file.path === source && file.length <= fewBytes ? short(file) : bytesOf(file)),
    put,
    putStream,
    add,
    addStream: async (dictionary, bytes) => {
      const reference = add({ value: null })
      await putStream(reference, dictionary, bytes)
      return reference
    },
    write: (output, context, packing) =>
      writeCopy(output, { read, source, all, trailer }, context, { packing, protectedAs }),
  }
}

function* streamsIn(all: ReadonlyMap<string, PdfObject>): Generator<string> {
  for (const [reference, object] of all) if (!('value' in object)) yield reference
}

/** The bytes of a part of a file. */
export async function bytesOf({ path, at, length }: FileSlice): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
