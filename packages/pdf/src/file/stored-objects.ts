import { damaged, parseInTurns, parseValue, type Sink } from '../objects/parse.ts'
import { isDictionary, isReference, type PdfObject } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import type { Entry } from './cross-reference.ts'
import type { FileBytes } from './file-bytes.ts'
import { type Indirect, indirectAt } from './indirect-object.ts'
import { openObjectStreams } from './object-streams.ts'
import { endsAt, searchedData, startOfData } from './stream-data.ts'

/** Where the text of an object stands: in the file, or unpacked. */
export type TextPlace = { at: number; length: number } | Buffer

/** An object, and the bytes of its value, or of its dictionary where it is a stream. */
export type Stored = { object: PdfObject; text: TextPlace }

/** So far from its place an object is looked for. */
const nearBytes = 32

/**
 * Gives the objects of a file by their numbers; undefined for what does not stand there.
 * @param mended is told what is not as it should be
 */
export function openStoredObjects(
  file: FileBytes,
  entries: ReadonlyMap<number, Entry>,
  sink: Sink,
  budget: Budget,
  mended: string[],
): (number: number, generation: number) => Promise<Stored | undefined> {
  const packed = openObjectStreams(file, entries, budget)
  return async (number, generation) => {
    const entry = entries.get(number)
    if (!entry || entry.kind === 'free') return undefined
    if (entry.kind === 'packed') return generation === 0 ? unpacked(entry.stream, number) : undefined
    if (entry.generation !== generation) return undefined
    const stored = await objectAt(entry.at, number)
    return { object: await withData(stored), text: { at: stored.start, length: stored.end - stored.start } }
  }

  async function unpacked(stream: number, number: number): Promise<Stored | undefined> {
    const text = await packed(stream, number)
    if (!text) return undefined
    const parsed = await parseInTurns(text, 0, sink, budget.pause)
    if (!parsed) throw damaged(`object ${number} does not end`)
    return { object: { value: parsed.value }, text: text.subarray(Math.max(0, parsed.start), parsed.end) }
  }

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

  async function withData({ number, value, word, wordEnd }: Indirect): Promise<PdfObject> {
    if (word !== 'stream') return { value }
    if (!isDictionary(value)) throw damaged(`stream ${number} has no dictionary`)
    const at = startOfData(file, wordEnd)
    const told = await lengthOf(value['/Length'])
    const isTold = told !== undefined && endsAt(file, at + told)
    if (!isTold) mended.push(`stream ${number} tells a wrong length`)
    const place = isTold ? { at, length: told } : searchedData(file, at, budget.addSearched)
    // One number is as good as an object that holds it, and true.
    const dictionary = { ...value, '/Length': place.length }
    return { dictionary, file: { path: file.path, ...place } }
  }

  /** The length of a stream may be an object of its own, which is a number and nothing that leads on. */
  async function lengthOf(length: unknown): Promise<number | undefined> {
    if (!isReference(length)) return typeof length === 'number' && length >= 0 ? length : undefined
    const number = Number.parseInt(length, 10)
    const entry = entries.get(number)
    if (entry?.kind === 'at') return lengthOf(numberIn((await objectAt(entry.at, number)).value))
    const text = entry?.kind === 'packed' ? await packed(entry.stream, number) : undefined
    return text && lengthOf(numberIn(parseValue(text, 0, sink)?.value))
  }
}

const numberIn = (value: unknown) => (typeof value === 'number' ? value : undefined)
