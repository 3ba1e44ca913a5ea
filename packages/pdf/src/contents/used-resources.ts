import { type Dictionary, without } from '../objects/pdf-objects.ts'
import { reachedFrom } from '../objects/reached.ts'
import { openTurns } from '../turns.ts'
import type { WorkingCopy } from '../file/working-copy.ts'
import type { ReadNames } from './named.ts'
import { type Owner, ownerOf, pageOwner } from './owners.ts'
import { openUses } from './uses.ts'

/** What of the resources of a document some of its contents use. */
export type UsedResources = {
  /** What of a dictionary of resources is used; any other dictionary is given back as it is. */
  partOf: (dictionary: Dictionary) => Dictionary
}

export type UseOptions = {
  /** Where to begin: pages, or anything that leads to them. */
  starts: readonly unknown[]
  pages: ReadonlySet<string>
  /** Whether an object belongs to what is looked at. */
  enters?: (reference: string) => boolean
  readNames: ReadNames
  signal?: AbortSignal
}

/**
 * Finds what the contents of pages use, and those of all that they draw: forms, tiling patterns, glyphs of Type 3 fonts,
 * masks and appearances of annotations. Where contents cannot be unpacked, all their resources count as used. A name that
 * is not among the resources of what names it is looked up in all others, as readers differ in where they look.
 * @throws JobFailure damaged_pdf where there is no end to it
 */
export async function usedResources(
  copy: WorkingCopy,
  { starts, pages, enters = () => true, readNames, signal }: UseOptions,
): Promise<UsedResources> {
  const uses = openUses(copy)
  const pageDictionaries = new Set([...pages].map(copy.dictionary))
  /** Resources are gone through by their names alone. */
  const besideResources = (dictionary: Dictionary) =>
    pageDictionaries.has(dictionary) || dictionary['/Type'] === '/Pages'
      ? without(dictionary, '/Resources', '/Parent')
      : ownerOf(dictionary, '', copy)
        ? without(dictionary, '/Resources')
        : dictionary
  const pause = openTurns(signal)
  const seen = new Set<string>()
  let frontier = [...starts]
  while (frontier.length > 0) {
    const owners: Owner[] = []
    const mayEnter = (reference: string) => !seen.has(reference) && enters(reference)
    let object: { reference: string; content: unknown } | undefined
    for (const each of reachedFrom(copy, frontier, mayEnter, besideResources)) {
      await pause()
      if ('reference' in each) {
        seen.add(each.reference)
        object = { reference: each.reference, content: copy.resolve(each.reference) }
        continue
      }
      uses.meet(each.dictionary)
      const reference = object?.content === each.dictionary ? object.reference : ''
      const owner = pages.has(reference)
        ? pageOwner(reference, copy)
        : ownerOf(each.dictionary, reference, copy)
      if (owner) owners.push(owner)
    }
    for (const owner of owners) {
      signal?.throwIfAborted()
      uses.add(copy.resolve(owner.resources), await readNames(owner.streams))
    }
    frontier = uses.takeFound()
  }
  return { partOf: uses.partOf }
}
