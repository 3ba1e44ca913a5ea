import { filtersOf, numberOf, type ObjectText } from './objects.ts'
import { unpacked } from './unpack.ts'

/** As much of an object stream as is read. */
export const mostPacked = 512 * 1024
/** What one may unpack to, and all of a file together: the rest is not looked into. */
const mostUnpacked = 1024 * 1024
const mostInAll = 16 * 1024 * 1024

/** Reads the objects in object streams, until the file has had its share. */
/** @returns what reads one; undefined for one that cannot be read, or not to its end */
export function openObjectStreams(): (dictionary: string, packed: Buffer) => ObjectText[] | undefined {
  let left = mostInAll
  return (dictionary, packed) => {
    const filters = filtersOf(dictionary)
    if (left <= 0 || filters.length !== 1 || filters[0] !== 'FlateDecode') return undefined
    const content = unpacked(packed, Math.min(left, mostUnpacked))
    left -= content?.length ?? mostUnpacked
    return content ? split(content.toString('latin1'), numberOf(dictionary, 'First') ?? 0) : undefined
  }
}

/** The head tells number and place of each object (ISO 32000-1, 7.5.7). */
function split(content: string, first: number): ObjectText[] {
  const numbers =
    content
      .slice(0, first)
      .match(/\d{1,10}/g)
      ?.map(Number) ?? []
  const places = numbers.flatMap((number, index) => {
    const at = numbers[index + 1]
    return index % 2 === 0 && at !== undefined ? [{ number, at: first + at }] : []
  })
  // In order, so that no two objects share what is read, whatever the head says.
  places.sort((one, other) => one.at - other.at)
  return places.map(({ number, at }, index) => ({ number, text: content.slice(at, places[index + 1]?.at) }))
}
