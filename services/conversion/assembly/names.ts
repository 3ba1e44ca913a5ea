import { type NewObjects, textStringOf, textValue, treeEntries } from '@pdf-smaller/pdf'
import { structureOf } from './actions.ts'
import { destinationsIn } from './destination-names.ts'
import type { Extract } from './extracted.ts'
import { freeName } from './fields.ts'
import { hasForm } from './form.ts'
import { nameTree } from './name-tree.ts'
import { documentScripts } from './scripts/part-scripts.ts'

/** Named destinations whose pages came along, each part's under names of their own. */
function joinedDestinations(extracts: readonly Extract[]): Map<string, unknown> {
  const joined = new Map<string, unknown>()
  for (const { part, copied, renaming } of extracts) {
    for (const [name, destination] of destinationsIn(part)) {
      const free = renaming.destinations.get(name)
      if (free === undefined || joined.has(free)) continue
      const structure = structureOf({ '/D': name }, part)
      joined.set(free, copied(structure ? { '/D': destination, '/SD': structure } : destination))
    }
  }
  return joined
}

/** The scripts that documents run when they are opened, of parts whose fields may call them. */
function joinedScripts(extracts: readonly Extract[]): Map<string, unknown> {
  const joined = new Map<string, unknown>()
  for (const { part, copied } of extracts) {
    if (!hasForm(part)) continue
    for (const [name, action] of documentScripts(part.source)) {
      const has = (free: string) => joined.has(textValue(free))
      joined.set(textValue(freeName(name, { has })), copied(action))
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
      const name = textStringOf(key) ?? 'file'
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
  const [destinations, scripts, files] = [
    nameTree(joinedDestinations(extracts)),
    nameTree(joinedScripts(extracts)),
    nameTree(attachments),
  ]
  const names = {
    ...(destinations ? { '/Dests': target.add({ value: destinations }) } : {}),
    ...(scripts ? { '/JavaScript': target.add({ value: scripts }) } : {}),
    ...(files ? { '/EmbeddedFiles': target.add({ value: files }) } : {}),
  }
  return { names: Object.keys(names).length > 0 ? names : undefined, attachments: attachments.size }
}
