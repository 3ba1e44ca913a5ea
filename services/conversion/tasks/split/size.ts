import { inherited, reachedFrom } from '@pdf-smaller/pdf'
import { drawnBy } from '../../assembly/drawn.ts'
import { selected } from '../../assembly/selection.ts'
import type { Source } from '../../assembly/source.ts'

/** Bytes of an object that is no stream, packed; and of what every file has. */
const [objectBytes, fileBytes] = [60, 800]

/** The last page, from 1, of a file, and about how many bytes it takes. */
export type Reach = { last: number; bytes: number }

/**
 * Tells how far files of a size reach, from the sizes of what the pages lead to.
 * @returns tells it of a file that begins on a page, from 1, and takes about so many bytes
 */
export function sizer(source: Source): (from: number, mostBytes: number) => Promise<Reach> {
  const { document, pageIndex } = source
  const { copy, pageReferences } = document
  const sizes = new Map<string, number>()
  const sizeOf = async (reference: string): Promise<number> => {
    const known = sizes.get(reference)
    if (known !== undefined) return known
    const stream = copy.stream(reference)
    const size = objectBytes + (stream?.file.length ?? 0)
    sizes.set(reference, size)
    return size
  }
  /** What a page leads to and is not there yet. */
  const added = async (number: number, there: Set<string>): Promise<number> => {
    const page = pageReferences[number - 1] ?? ''
    const { partOf } = await drawnBy(selected({ source, pages: [number] }))
    // Other pages belong to other files.
    const enters = (reference: string) =>
      !there.has(reference) &&
      (!pageIndex.has(reference) || reference === page) &&
      copy.dictionary(reference)['/Type'] !== '/Pages'
    let size = 0
    const starts = [page, inherited(copy, page, '/Resources')]
    for (const each of reachedFrom(copy, starts, enters, partOf)) {
      if (!('reference' in each)) continue
      there.add(each.reference)
      size += await sizeOf(each.reference)
    }
    return size
  }
  return async (from, mostBytes) => {
    const there = new Set<string>()
    let bytes = fileBytes
    for (let page = from; page <= pageReferences.length; page++) {
      const more = await added(page, there)
      if (bytes + more > mostBytes && page > from) return { last: page - 1, bytes }
      bytes += more
    }
    return { last: pageReferences.length, bytes }
  }
}
