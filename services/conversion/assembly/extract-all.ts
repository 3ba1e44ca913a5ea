import path from 'node:path'
import {
  type Destination,
  type Dictionary,
  type NewObjects,
  textOf,
  type UsedResources,
} from '@pdf-smaller/pdf'
import { everything } from './drawn.ts'
import { type Extract, extractPages, reservePages } from './extract.ts'
import { type FormCounts, fieldRenaming, fontRenaming, joinedForm } from './form.ts'
import type { Part } from './source.ts'
import { putStructure, roleRenaming, structNumbers } from './structure.ts'

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
export function extractAll(
  parts: readonly Part[],
  drawn: readonly UsedResources[],
  target: NewObjects,
  tree: string,
): Extracted {
  const pages = parts.map((part) => reservePages(part, target))
  const [fieldNames, fontNames, roles] = [
    new Set<string>(),
    new Map<string, string>(),
    new Map<string, unknown>(),
  ]
  const tagged = parts.filter(({ source }) => source.tags).length
  const structRoot = tagged > 0 ? target.reserve() : undefined
  // The root of a structure has one element below it (ISO 32000-2, 14.8.2.5).
  const structTop = tagged > 1 ? target.reserve() : structRoot
  const [offsets, fonts]: [number[], Map<string, string>[]] = [[], []]
  let [structOffset, renamed] = [0, 0]
  const extracts = parts.map((part, index) => {
    const renaming = {
      structOffset,
      structRoot: structTop,
      roles: roleRenaming(part, roles),
      fieldNames: fieldRenaming(part, fieldNames),
      drawn: drawn[index] ?? everything,
      fonts: fontRenaming(part, fontNames),
      across: (action: Dictionary) => acrossParts(parts, pages, part, action),
    }
    offsets.push(structOffset)
    fonts.push(renaming.fonts)
    renamed += renaming.fieldNames.size
    structOffset += structNumbers(part)
    return extractPages(part, pages[index] ?? [], target, tree, renaming)
  })
  const counts = { kept: 0, dropped: 0 }
  const form = joinedForm(extracts, fonts, target, counts)
  const isTagged =
    structRoot !== undefined &&
    structTop !== undefined &&
    putStructure(structRoot, structTop, extracts, offsets, roles, target)
  return { extracts, form, fields: { ...counts, renamed }, structure: isTagged ? structRoot : undefined }
}

/** Where a link to another file leads when that file is one of the parts; undefined otherwise. */
function acrossParts(
  parts: readonly Part[],
  pages: readonly (readonly string[])[],
  { source: { document } }: Part,
  action: Dictionary,
): Destination | undefined {
  const { copy } = document
  const file = copy.resolve(action['/F'])
  const specification = copy.dictionary(file)
  const name = textOf(file) ?? textOf(copy.resolve(specification['/UF'] ?? specification['/F']))
  if (name === undefined) return undefined
  const stem = path.posix.basename(name.replaceAll('\\', '/')).replace(/\.pdf$/i, '')
  const index = parts.findIndex(({ source }) => source.name === stem)
  const [part, own] = [parts[index], pages[index]]
  const destination = part?.source.destinations.explicit(copy.resolve(action['/D']))
  const page = destination && part?.source.pageIndex.get(destination[0])
  if (!part || !destination || page === undefined) return undefined
  const place = own?.[part.pages.indexOf(page + 1)]
  return place ? [place, ...destination.slice(1)] : undefined
}
