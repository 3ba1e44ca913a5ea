import { damaged, parseInTurns, parseValue, type Sink } from '../objects/parse.ts'
import { isDictionary, isReference, type PdfObject } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import type { Entries } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'
import { type Indirect, indirectAt } from './indirect-object.ts'
import { openObjectStreams } from './object-streams.ts'
import { endsAt, searchedData, startOfData } from './stream-data.ts'
import type { TextPlace } from './texts.ts'

/** An object, and the bytes of its value, or of its dictionary where it is a stream. */
export type Stored = { object: PdfObject; text: TextPlace }

/** Of a file with many faults so many are noted. */
const mostNoted = 20
/** So far from its place an object is looked for. */
const nearBytes = 32

/**
 * Gives the objects of a file by their numbers; undefined for what does not stand there.
 * @param mended is told what is not as it should be
 */
export function openStoredObjects(
  file: FileBytes,
  entries: Entries,
  sink: Sink,
  budget: Budget,
  mended: string[],
): (number: number) => Promise<Stored | undefined> {
  const packed = openObjectStreams(file, entries, budget)
  return async (number) => {
    const entry = entries.get(number)
    if (!entry || entry.kind === 'free') return undefined
    if (entry.kind === 'packed') return unpacked(entry.stream, number)
    const stored = await objectAt(entry.at, number)
    return { object: await withData(stored), text: { at: stored.start, length: stored.end - stored.start } }
  }

  async function unpacked(stream: number, number: number): Promise<Stored | undefined> {
    const member = await packed(stream, number)
    if (!member) return undefined
    const { bytes, at, end } = member
    const parsed = await parseInTurns(bytes.subarray(at, end), 0, sink, budget.pause)
    if (!parsed) throw damaged(`object ${number} does not end`)
    const start = Math.max(0, parsed.start)
    const text = { at: at + start, length: parsed.end - start, bytes }
    return { object: { value: parsed.value }, text }
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
    note(mended, `object ${number} stands elsewhere than told`)
    return other
  }

  async function withData({ number, value, word, wordEnd }: Indirect): Promise<PdfObject> {
    if (word !== 'stream') return { value }
    if (!isDictionary(value)) throw damaged(`stream ${number} has no dictionary`)
    const at = startOfData(file, wordEnd)
    const told = await lengthOf(value['/Length'])
    const isTold = told !== undefined && endsAt(file, at + told)
    if (!isTold) note(mended, `stream ${number} tells a wrong length`)
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
    const member = entry?.kind === 'packed' ? await packed(entry.stream, number) : undefined
    return (
      member && lengthOf(numberIn(parseValue(member.bytes.subarray(member.at, member.end), 0, sink)?.value))
    )
  }
}

const numberIn = (value: unknown) => (typeof value === 'number' ? value : undefined)

function note(mended: string[], what: string): void {
  if (mended.length < mostNoted && !mended.includes(what)) mended.push(what)
}
