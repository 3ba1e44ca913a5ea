import { writeFileSync } from 'node:fs'
import { JobFailure } from '@pdf-smaller/contracts'
import { budgetOf } from '../../src/file/budget.ts'
import { openFileBytes } from '../../src/file/file-bytes.ts'
import { readDocument, type ReadDocument } from '../../src/file/read-document.ts'
import { readPageTree } from '../../src/file/read-pages.ts'
import { writeCopy } from '../../src/file/write-copy.ts'
import { pdfObjects } from '../../src/objects/pdf-objects.ts'
import { decode } from '../../src/streams/decode.ts'
import { RawDocument } from '../raw-document.ts'
import { differencesOf } from '../round-trip.ts'
import { bytesOf } from '../../src/file/working-copy.ts'
import { chanceOf } from './chance.ts'
import { makes } from './documents.ts'
import { changedBytes, ChangedDocument } from './mutations.ts'

/** Objects of a document that are allowed; no document here has more than a few. */
const mostObjects = 1000
/** What one stream may unpack to, bytes. */
const mostBytes = 8 * 1024 * 1024
const context = {
  cwd: '/nowhere',
  signal: new AbortController().signal,
  memoryBytes: 0,
  cores: 1,
  core: <T>(work: () => Promise<T>) => work(),
}

/** The bytes of a case: a sound document changed in its structure, in its bytes, or both. */
export function bytesOfCase(seed: number, index: number): Buffer {
  const chance = chanceOf(seed, index)
  const make = chance.oneOf(Object.values(makes))
  const part = chance.isIn(0.3) ? 0 : (chance.oneOf([0.1, 0.2, 0.5]) ?? 0)
  let bytes = make?.((start) => new ChangedDocument(chance, part, start)) ?? new RawDocument().bytes()
  for (let left = part > 0 && chance.isIn(0.6) ? 0 : 1 + chance.upTo(6); left > 0; left--)
    bytes = changedBytes(bytes, chance)
  return bytes
}

/**
 * Reads a document, unpacks its streams, writes it and reads that.
 * @param file where its bytes are put; what is written from it stands beside it
 * @returns whether it was read; else it was refused in words
 * @throws Error where the reader threw what is no failure, or where the copy is not what was read
 */
export async function tryCase(bytes: Buffer, file: string): Promise<boolean> {
  writeFileSync(file, bytes)
  const read = await readOrRefused(file)
  if (!read || read.isEncrypted) return false
  await unpackAll(read)
  const copy = `${file}.copy`
  await writeCopy(copy, { read, source: file, all: read.objects, trailer: read.trailer }, context)
  const written = openFileBytes(copy)
  const again = await readDocument(written, budgetOf(mostObjects + 100, context.signal, written.size))
  const { differences } = await differencesOf({ read, source: file }, { read: again, source: copy })
  if (differences.length > 0) throw new Error(`the copy is another: ${JSON.stringify(differences[0])}`)
  return true
}

async function readOrRefused(file: string): Promise<ReadDocument | undefined> {
  try {
    const own = openFileBytes(file)
    const read = await readDocument(own, budgetOf(mostObjects, context.signal, own.size))
    let { lastNumber } = read
    readPageTree(pdfObjects(read.objects, read.trailer), () => `${++lastNumber} 0 R`)
    return read
  } catch (error) {
    if (error instanceof JobFailure) return undefined
    throw error
  }
}

async function unpackAll(read: ReadDocument): Promise<void> {
  const objects = pdfObjects(read.objects, read.trailer)
  for (const object of read.objects.values()) {
    if ('value' in object) continue
    try {
      await decode(await bytesOf(object.file), object.dictionary, objects, mostBytes)
    } catch (error) {
      const isZlib = error instanceof Error && 'errno' in error
      if (!isZlib && !(error instanceof JobFailure)) throw error
    }
  }
}
