import { headBytes, JobFailure } from '@pdf-smaller/contracts'
import {
  type Dictionary,
  isDictionary,
  isReference,
  type PdfObject,
  without,
} from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import { readCrossReference } from './cross-reference.ts'
import type { Entries } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'
import { findObjects } from './found-objects.ts'
import { NumberIndex } from './number-index.ts'
import { openStoredObjects } from './stored-objects.ts'
import { TextColumns, type Texts } from './texts.ts'

/** A document as it stands in a file: what its trailer leads to. */
export type ReadDocument = {
  objects: Map<string, PdfObject>
  trailer: Dictionary
  /** The bytes of each object's value, or of its dictionary where it is a stream. */
  texts: Texts
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
 * @param places whether the file is believed where its objects stand, or searched for them
 * @throws JobFailure damaged_pdf, too_many_objects, decompression_bomb
 */
export async function readDocument(
  file: FileBytes,
  budget: Budget,
  places: 'told' | 'searched' = 'told',
): Promise<ReadDocument> {
  const { header, version } = headerOf(file)
  const {
    entries,
    trailer: newest,
    mended,
    isMiscounted,
  } = places === 'told' ? await readCrossReference(file, header, budget) : await findObjects(file, budget)
  const isEncrypted = newest['/Encrypt'] !== undefined
  const trailer = without(newest, ...ofTheTable)
  const none = { objects: new Map<string, PdfObject>(), texts: new Map(), lastNumber: 0 }
  const told = { trailer, version, mended, isMiscounted, isEncrypted }
  if (isEncrypted) return { ...none, ...told }
  return { ...(await readReached(file, entries, trailer, budget, mended)), ...told }
}

/** Reads what values lead to, in columns while it is not known what belongs to them, and by their numbers in the end. */
async function readReached(
  file: FileBytes,
  entries: Entries,
  trailer: Dictionary,
  budget: Budget,
  mended: string[],
): Promise<Pick<ReadDocument, 'objects' | 'texts' | 'lastNumber'>> {
  const positions = new NumberIndex()
  const [references, found]: [string[], (PdfObject | undefined)[]] = [[], []]
  const waiting: number[] = []
  const texts = new TextColumns(positions)
  let lastNumber = 0
  const reached = (reference: string, number: number, generation: number) => {
    lastNumber = Math.max(lastNumber, number)
    if (positions.get(number) !== undefined || !entries.isIn(number, generation)) return
    positions.set(number, references.length)
    waiting.push(references.length)
    references.push(reference)
    found.push(undefined)
  }
  const sink = { reference: reached, count: budget.addValues }
  const storedAs = openStoredObjects(file, entries, sink, budget, mended)
  for (const reference of referencesIn(Object.values(trailer))) reached(reference, ...numbersOf(reference))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const stored = await storedAs(numbersOf(references[next] ?? '')[0])
    if (!stored) continue
    budget.addObject()
    found[next] = stored.object
    texts.set(next, stored.text)
    await budget.pause()
  }
  const objects = new Map<string, PdfObject>()
  for (const number of positions.numbers()) {
    const position = positions.get(number) ?? 0
    const [reference, object] = [references[position], found[position]]
    if (reference !== undefined && object) objects.set(reference, object)
    await budget.pause()
  }
  return { objects, texts, lastNumber }
}

function headerOf(file: FileBytes): { header: number; version: string } {
  const start = file.slice(0, headBytes).toString('latin1')
  const header = start.indexOf('%PDF-')
  if (header < 0) throw new JobFailure('not_a_pdf', `there is no %PDF- in its first ${headBytes} bytes`)
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
