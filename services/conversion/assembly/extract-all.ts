import path from 'node:path'
import {
  type Destination,
  type Dictionary,
  type NewObjects,
  textStringOf,
  type UsedResources,
} from '@pdf-smaller/pdf'
import { everything } from './drawn.ts'
import { extractPages, reservePages } from './extract.ts'
import type { Extract } from './extracted.ts'
import { type FormCounts, joinedForm } from './form.ts'
import { renamingOf } from './renaming.ts'
import type { SelectedPart } from './selection.ts'
import type { Part } from './source.ts'
import { putStructure } from './structure.ts'

/** The copied pages of all parts, and what only makes sense for all of them together. */
export type Extracted = {
  extracts: Extract[]
  form: string | undefined
  fields: FormCounts & { renamed: number }
  structure: string | undefined
}

/**
 * Copies the pages of all parts; what would mean something else beside the other parts gets new names.
 * @param drawn what of the resources each part uses
 */
export async function extractAll(
  parts: readonly SelectedPart[],
  drawn: readonly UsedResources[],
  target: NewObjects,
  tree: string,
): Promise<Extracted> {
  const pages = parts.map((part) => reservePages(part, target))
  const { names, roles } = await renamingOf(parts)
  const tagged = parts.filter(({ source }) => source.tags).length
  const structRoot = tagged > 0 ? target.reserve() : undefined
  // The root of a structure has one element below it (ISO 32000-2, 14.8.2.5).
  const structTop = tagged > 1 ? target.reserve() : structRoot
  let renamed = 0
  const extracts = names.map(({ part, ...own }, index) => {
    renamed += own.fields.roots.size
    return extractPages(part, pages[index] ?? [], target, tree, {
      ...own,
      structRoot: structTop,
      drawn: drawn[index] ?? everything,
      across: (action: Dictionary) => acrossParts(parts, pages, part, action),
    })
  })
  const counts = { kept: 0, dropped: 0 }
  const form = joinedForm(extracts, target, counts)
  const isTagged =
    structRoot !== undefined &&
    structTop !== undefined &&
    putStructure(structRoot, structTop, extracts, roles, target)
  return { extracts, form, fields: { ...counts, renamed }, structure: isTagged ? structRoot : undefined }
}

/** Where a link to another file leads when that file is one of the parts; undefined otherwise. */
function acrossParts(
  parts: readonly SelectedPart[],
  pages: readonly (readonly string[])[],
  own: SelectedPart,
  action: Dictionary,
): Destination | undefined {
  const { copy } = own.source.document
  const file = copy.resolve(action['/F'])
  const specification = copy.dictionary(file)
  const name = textStringOf(file) ?? textStringOf(copy.resolve(specification['/UF'] ?? specification['/F']))
  if (name === undefined) return undefined
  const stem = path.posix.basename(name.replaceAll('\\', '/')).replace(/\.pdf$/i, '')
  const isCalled = ({ source }: Part) => source.name === stem
  // A file that links to itself means its own copy.
  const index = own.source.name === stem ? parts.indexOf(own) : parts.findIndex(isCalled)
  const [part, places] = [parts[index], pages[index]]
  const destination = part?.source.destinations.explicit(copy.resolve(action['/D']))
  const page = destination && part?.source.pageIndex.get(destination[0])
  if (!part || !destination || page === undefined) return undefined
  const place = places?.[part.pages.indexOf(page + 1)]
  return place ? [place, ...destination.slice(1)] : undefined
}
