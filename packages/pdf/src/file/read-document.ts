import { JobFailure } from '@pdf-smaller/contracts'
import { type Dictionary, isDictionary, isReference, type PdfObject, without } from '../pdf-objects.ts'
import type { Pause } from '../turns.ts'
import type { Budget } from './budget.ts'
import { readCrossReference } from './cross-reference.ts'
import type { FileBytes } from './file-bytes.ts'
import { openStoredObjects, type TextPlace } from './stored-objects.ts'

/** A document as it stands in a file: what its trailer leads to. */
export type ReadDocument = {
  objects: Map<string, PdfObject>
  trailer: Dictionary
  /** The bytes of each object's value, or of its dictionary where it is a stream. */
  texts: Map<string, TextPlace>
  /** No reference has a larger number, those that lead nowhere included. */
  lastNumber: number
  /** As its first line tells, such as `1.7`. */
  version: string
  /** What was not as it should be and could be read all the same, in words. */
  mended: string[]
  /** Whether engines cannot read it as it stands, because of the number of objects that it tells. */
  isMiscounted: boolean
  isEncrypted: boolean
}

/** Entries of a cross-reference stream that tell of itself alone. */
const ofTheTable = [
  '/Type',
  '/W',
  '/Index',
  '/Filter',
  '/DecodeParms',
  '/Length',
  '/Size',
  '/Prev',
  '/XRefStm',
]

/**
 * Reads all objects that the trailer leads to, each once, whatever stands in the file besides. Streams stay where they
 * are. Of an encrypted document nothing but its trailer is read.
 * @throws JobFailure damaged_pdf, too_many_objects, decompression_bomb
 */
export async function readDocument(file: FileBytes, budget: Budget): Promise<ReadDocument> {
  const { header, version } = headerOf(file)
  const { entries, trailer: newest, mended, isMiscounted } = await readCrossReference(file, header, budget)
  const isEncrypted = newest['/Encrypt'] !== undefined
  const read: ReadDocument = {
    objects: new Map(),
    trailer: without(newest, ...ofTheTable),
    texts: new Map(),
    lastNumber: 0,
    version,
    mended,
    isMiscounted,
    isEncrypted,
  }
  if (isEncrypted) return read
  const waiting: string[] = []
  const seen = new Set<string>()
  const reached = (reference: string) => {
    if (seen.has(reference)) return
    seen.add(reference)
    waiting.push(reference)
  }
  const sink = { reference: reached, count: budget.addValues }
  const storedAs = openStoredObjects(file, entries, sink, budget, mended)
  for (const reference of referencesIn(Object.values(read.trailer))) reached(reference)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [number, generation] = numbersOf(next)
    read.lastNumber = Math.max(read.lastNumber, number)
    const stored = await storedAs(number, generation)
    if (!stored) continue
    budget.addObject()
    read.objects.set(next, stored.object)
    read.texts.set(next, stored.text)
    await budget.pause()
  }
  return { ...read, objects: await inOrder(read.objects, budget.pause) }
}

function headerOf(file: FileBytes): { header: number; version: string } {
  const start = file.slice(0, 1024).toString('latin1')
  const header = start.indexOf('%PDF-')
  if (header < 0) throw new JobFailure('not_a_pdf', 'there is no %PDF- in its first 1,024 bytes')
  const [, version = '1.7'] = /^%PDF-(\d\.\d)/.exec(start.slice(header)) ?? []
  return { header, version }
}

function numbersOf(reference: string): [number: number, generation: number] {
  const space = reference.indexOf(' ')
  return [Number(reference.slice(0, space)), Number(reference.slice(space + 1, -2))]
}

function* referencesIn(values: readonly unknown[]): Generator<string> {
  for (const value of values) {
    if (isReference(value)) yield value
    else if (Array.isArray(value)) yield* referencesIn(value)
    else if (isDictionary(value)) yield* referencesIn(Object.values(value))
  }
}

/** By their numbers, of which each is that of one object, whatever way led to them. */
async function inOrder(
  objects: ReadonlyMap<string, PdfObject>,
  pause: Pause,
): Promise<Map<string, PdfObject>> {
  const numbers = new Float64Array(objects.size)
  const references: string[] = []
  const places = new Map<number, number>()
  for (const reference of objects.keys()) {
    const [number] = numbersOf(reference)
    numbers[references.length] = number
    places.set(number, references.push(reference) - 1)
    await pause()
  }
  const ordered = new Map<string, PdfObject>()
  for (const number of numbers.sort()) {
    const reference = references[places.get(number) ?? 0] ?? ''
    const object = objects.get(reference)
    if (object) ordered.set(reference, object)
    await pause()
  }
  return ordered
}
