import { type NewObjects, textBytes, textOf, textValue, treeEntries } from '@pdf-smaller/pdf'
import type { Extract } from './extract.ts'

/** A name tree in one node, its names in order of their bytes. */
function nameTree(entries: ReadonlyMap<string, unknown>): object | undefined {
  if (entries.size === 0) return undefined
  const sorted = [...entries].sort(([one], [other]) => Buffer.compare(sortKey(one), sortKey(other)))
  return { '/Names': sorted.flat() }
}

const sortKey = (name: string) => textBytes(textOf(name) ?? '')

/** Named destinations whose pages came along. The first part with a name has it; links need none. */
function joinedDestinations(extracts: readonly Extract[]): Map<string, unknown> {
  const joined = new Map<string, unknown>()
  for (const { part, destination } of extracts) {
    const { namesOn, document } = part.source
    for (const page of part.pages) {
      for (const [name, target] of namesOn.get(document.pageReferences[page - 1] ?? '') ?? []) {
        const asString = name.startsWith('/') ? textValue(name.slice(1)) : name
        if (!joined.has(asString)) joined.set(asString, destination(target))
      }
    }
  }
  return joined
}

/** The files attached to the documents, under names of their own. */
function joinedAttachments(extracts: readonly Extract[]): Map<string, unknown> {
  const joined = new Map<string, unknown>()
  for (const { part, copied } of extracts) {
    const { copy } = part.source.document
    const names = copy.dictionary(copy.dictionary(copy.trailer['/Root'])['/Names'])
    for (const [key, file] of treeEntries(copy, names['/EmbeddedFiles'], '/Names')) {
      const name = textOf(key) ?? 'file'
      let free = name
      for (let number = 2; joined.has(textValue(free)); number++) free = numbered(name, number)
      joined.set(textValue(free), copied(file))
    }
  }
  return joined
}

/** `report.csv` → `report (2).csv`. */
function numbered(name: string, number: number): string {
  const extension = /\.[^.]+$/.exec(name)?.[0] ?? ''
  return `${name.slice(0, name.length - extension.length)} (${number})${extension}`
}

/** What the new document's /Names holds, and how many attachments came along. */
export function joinedNames(extracts: readonly Extract[], target: NewObjects, withAttachments: boolean) {
  const attachments = withAttachments ? joinedAttachments(extracts) : new Map<string, unknown>()
  const [destinations, files] = [nameTree(joinedDestinations(extracts)), nameTree(attachments)]
  const names = {
    ...(destinations ? { '/Dests': target.add({ value: destinations }) } : {}),
    ...(files ? { '/EmbeddedFiles': target.add({ value: files }) } : {}),
  }
  return { names: Object.keys(names).length > 0 ? names : undefined, attachments: attachments.size }
}
