import { damaged } from '../objects/parse.ts'
import { Tokens } from '../objects/tokens.ts'
import { type Dictionary, isDictionary } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import type { Entries } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'
import { indirectAt } from './indirect-object.ts'
import { packedBytes } from './packed-bytes.ts'

const ignored = { reference: () => {}, count: () => {} }

/** Where the objects of an object stream begin in its bytes, by their number, and all of those places in order. */
type Members = { bytes: Buffer; places: ReadonlyMap<number, number>; starts: Float64Array }

/**
 * Gives the texts of packed objects (ISO 32000-1, 7.5.7), as a part of bytes. Each stream is unpacked once, and stays so:
 * a document whose objects are packed is about as large as they are.
 * @throws JobFailure damaged_pdf, decompression_bomb
 */
export function openObjectStreams(file: FileBytes, entries: Entries, budget: Budget) {
  const known = new Map<number, Members>()
  return async (stream: number, number: number) => {
    let members = known.get(stream)
    if (!members) {
      members = await unpacked(stream)
      known.set(stream, members)
    }
    const { bytes, places, starts } = members
    const at = places.get(number)
    return at === undefined ? undefined : { bytes, at, end: endOf(at, starts, bytes.length) }
  }

  async function unpacked(stream: number): Promise<Members> {
    const entry = entries.get(stream)
    const object = entry?.kind === 'at' ? await indirectAt(file, entry.at, ignored, budget) : undefined
    if (!object || object.number !== stream || !isDictionary(object.value))
      throw damaged(`there is no object stream ${stream}`)
    return membersOf(await packedBytes(file, object, budget), object.value)
  }

  async function membersOf(bytes: Buffer, { '/N': count, '/First': first }: Dictionary): Promise<Members> {
    if (typeof count !== 'number' || typeof first !== 'number' || first < 0 || first > bytes.length)
      throw damaged('an object stream does not tell where its objects are')
    const head = new Tokens(bytes.subarray(0, first))
    const places = new Map<number, number>()
    for (let each = 0; each < count; each++) {
      if (head.next() !== 'number') break
      const number = Number(head.text())
      if (head.next() !== 'number') break
      budget.addRows(1)
      places.set(number, first + Number(head.text()))
      await budget.pause()
    }
    return { bytes, places, starts: Float64Array.from(places.values()).sort() }
  }
}

/** An object ends where the next one begins, in whatever order they are told of. */
function endOf(at: number, starts: Float64Array, last: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) > at) high = middle
    else low = middle + 1
  }
  return Math.min(starts[low] ?? last, last)
}
