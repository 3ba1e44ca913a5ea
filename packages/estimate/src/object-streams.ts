import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { filtersOf, numberOf, type ObjectText } from './objects.ts'

/** As much of an object stream as is read. */
export const mostPacked = 1024 * 1024
/** What one may unpack to, and all of a file together: the rest is not looked into. */
const mostUnpacked = 4 * 1024 * 1024
const mostInAll = 16 * 1024 * 1024

const unpack = promisify(inflate)

/** Reads the objects in object streams, until the file has had its share. */
export function openObjectStreams(): (dictionary: string, packed: Buffer) => Promise<ObjectText[]> {
  let left = mostInAll
  return async (dictionary, packed) => {
    const filters = filtersOf(dictionary)
    if (left <= 0 || filters.length !== 1 || filters[0] !== 'FlateDecode') return []
    // An encrypted or damaged one says nothing.
    const content = await unpack(packed, { maxOutputLength: Math.min(left, mostUnpacked) }).catch(
      () => undefined,
    )
    left -= content?.length ?? mostUnpacked
    return content ? split(content.toString('latin1'), numberOf(dictionary, 'First') ?? 0) : []
  }
}

/** The head tells number and place of each object (ISO 32000-1, 7.5.7). */
function split(content: string, first: number): ObjectText[] {
  const numbers = content.slice(0, first).trim().split(/\s+/).map(Number)
  const places = numbers.flatMap((number, index) =>
    index % 2 === 0 ? [{ number, at: first + (numbers[index + 1] ?? 0) }] : [],
  )
  return places.map(({ number, at }, index) => ({ number, text: content.slice(at, places[index + 1]?.at) }))
}
