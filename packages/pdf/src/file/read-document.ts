import { JobFailure } from '@pdf-smaller/contracts'
import { damaged, parseInTurns, parseValue, type Parsed, type Sink } from '../objects/parse.ts'
import { type Dictionary, isDictionary, isReference, type PdfObject, without } from '../pdf-objects.ts'
import type { Budget } from './budget.ts'
import { readCrossReference } from './cross-reference.ts'
import type { FileBytes } from './file-bytes.ts'
import { type Indirect, indirectAt } from './indirect-object.ts'
import { openObjectStreams } from './object-streams.ts'
import { type DataPlace, endsAt, searchedData, startOfData } from './stream-data.ts'

/** Where the text of an object stands: in the file, or unpacked. */
export type TextPlace = { at: number; length: number } | Buffer

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

/** So far from its place an object is looked for. */
const nearBytes = 32

/**
 * Reads all objects that the trailer leads to, each once, whatever stands in the file besides. Streams stay where they
 * are. Of an encrypted document nothing but its trailer is read.
 * @throws JobFailure damaged_pdf, too_many_objects, decompression_bomb
 */
export async function readDocument(file: FileBytes, budget: Budget): Promise<ReadDocument> {
  const { header, version } = headerOf(file)
  const { entries, trailer: newest, mended } = await readCrossReference(file, header, budget)
  const isEncrypted = newest['/Encrypt'] !== undefined
  const read: ReadDocument = {
    objects: new Map(),
    trailer: without(newest, ...ofTheTable),
    texts: new Map(),
    lastNumber: 0,
    version,
    mended,
    isEncrypted,
  }
  if (isEncrypted) return read
  const packed = openObjectStreams(file, entries, budget)
  const waiting: string[] = []
  const seen = new Set<string>()
  const reached = (reference: string) => {
    if (seen.has(reference)) return
    seen.add(reference)
    waiting.push(reference)
  }
  const sink: Sink = { reference: reached, count: budget.addValues }
  for (const reference of referencesIn(Object.values(read.trailer))) reached(reference)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [number, generation] = numbersOf(next)
    read.lastNumber = Math.max(read.lastNumber, number)
    const entry = entries.get(number)
    if (!entry || entry.kind === 'free') continue
    if (entry.kind === 'packed') {
      const text = generation === 0 ? await packed(entry.stream, number) : undefined
      if (!text) continue
      budget.addObject()
      const parsed = await parseInTurns(text, 0, sink, budget.pause)
      if (!parsed) throw damaged(`object ${number} does not end`)
      read.objects.set(next, { value: parsed.value })
      read.texts.set(next, text.subarray(Math.max(0, parsed.start), parsed.end))
    } else if (entry.generation === generation) {
      budget.addObject()
      const object = await objectAt(entry.at, number)
      read.objects.set(next, await withData(object))
      read.texts.set(next, { at: object.start, length: object.end - object.start })
    }
    await budget.pause()
  }
  return { ...read, objects: inOrder(read.objects) }

  /** The object of a number at its place, or near to it. */
  async function objectAt(at: number, number: number): Promise<Indirect> {
    const own = await indirectAt(file, at, sink, budget)
    if (own?.number === number) return own
    const from = Math.max(0, at - nearBytes)
    const near = file.slice(from, 2 * nearBytes).toString('latin1')
    const found = new RegExp(`(?<!\\d)0{0,9}${number}\\s+\\d{1,5}\\s+obj`).exec(near)
    const other = found ? await indirectAt(file, from + found.index, sink, budget) : undefined
    if (other?.number !== number) throw damaged(`object ${number} does not stand where it is told to`)
    mended.push(`object ${number} stands elsewhere than told`)
    return other
  }

  async function withData(object: Indirect): Promise<PdfObject> {
    if (object.word !== 'stream') return { value: object.value }
    if (!isDictionary(object.value)) throw damaged(`stream ${object.number} has no dictionary`)
    const at = startOfData(file, object.wordEnd)
    const told = await lengthOf(object.value['/Length'])
    const place = told !== undefined && endsAt(file, at + told) ? { at, length: told } : searched(object, at)
    return { dictionary: object.value, file: { path: file.path, ...place } }
  }

  function searched({ number }: Indirect, at: number): DataPlace {
    mended.push(`stream ${number} tells a wrong length`)
    return searchedData(file, at, budget.addSearched)
  }

  async function lengthOf(length: unknown): Promise<number | undefined> {
    if (!isReference(length)) return typeof length === 'number' && length >= 0 ? length : undefined
    const [number] = numbersOf(length)
    const entry = entries.get(number)
    let parsed: Parsed | undefined
    if (entry?.kind === 'at') parsed = await objectAt(entry.at, number)
    else if (entry?.kind === 'packed')
      parsed = parseValue((await packed(entry.stream, number)) ?? Buffer.alloc(0), 0, sink)
    return lengthOf(typeof parsed?.value === 'number' ? parsed.value : undefined)
  }
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

/** By their numbers, whatever way led to them. */
function inOrder(objects: Map<string, PdfObject>): Map<string, PdfObject> {
  const numbered = Array.from(objects, (entry): [number, [string, PdfObject]] => [
    numbersOf(entry[0])[0],
    entry,
  ])
  return new Map(numbered.sort(([one], [other]) => one - other).map(([, entry]) => entry))
}
