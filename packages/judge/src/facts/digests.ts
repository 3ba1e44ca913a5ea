import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'
import {
  bytesOf,
  decode,
  type Dictionary,
  type FileSlice,
  filtersIn,
  isReference,
  orAsItIs,
  type PdfObjects,
} from '@pdf-smaller/pdf'

/** A digest of what a stream says, however it is packed; undefined for what is no stream. */
export type Digests = (value: unknown) => Promise<string | undefined>

/** Streams up to so many bytes are unpacked in memory, to so many at most; larger ones are read bit by bit. */
const [fewBytes, mostBytes] = [1024 * 1024, 16 * 1024 * 1024]

/** Digests of the streams of a document, each made once. */
export function openDigests(objects: PdfObjects): Digests {
  const known = new Map<string, Promise<string>>()
  return async (value) => {
    const object = isReference(value) ? objects.all.get(value) : undefined
    if (!isReference(value) || !object || !('dictionary' in object)) return undefined
    const digest = known.get(value) ?? digestOf(object.dictionary, object.file, objects)
    known.set(value, digest)
    return digest
  }
}

async function digestOf(dictionary: Dictionary, file: FileSlice, objects: PdfObjects): Promise<string> {
  if (file.length <= fewBytes) {
    const plain = await unpacked(await bytesOf(file), dictionary, objects)
    if (plain) return digestOfBytes(plain)
  }
  const filters = filtersIn(dictionary, objects) ?? []
  const [filter, ...others] = filters
  const isFlate =
    filter?.name === '/FlateDecode' && others.length === 0 && !('/Predictor' in filter.parameters)
  // What cannot be unpacked is compared as it stands, as nothing packs it anew.
  return (isFlate ? await orAsItIs(() => digestOfAll(file, true)) : undefined) ?? digestOfAll(file, false)
}

export const digestOfBytes = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')

/** Undefined for what cannot be unpacked, or is too much to be unpacked at once. */
async function unpacked(raw: Buffer, dictionary: Dictionary, objects: PdfObjects) {
  try {
    return await orAsItIs(() => decode(raw, dictionary, objects, mostBytes))
  } catch (error) {
    if (error instanceof JobFailure) return undefined
    throw error
  }
}

/** The digest of a part of a file, or of what it unpacks to. */
export async function digestOfAll({ path, at, length }: FileSlice, isPacked: boolean): Promise<string> {
  const hash = createHash('sha1')
  const bytes = createReadStream(path, { start: at, end: Math.max(at, at + length - 1) })
  await (isPacked ? pipeline(bytes, createInflate(), hash) : pipeline(bytes, hash))
  return hash.digest('hex')
}
