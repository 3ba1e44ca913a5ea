import { type Dictionary, type UsedResources, usedResources, without } from '@pdf-smaller/pdf'
import type { SelectedPart } from './selection.ts'
import type { Selection } from './selected.ts'

/** What belongs to all pages comes along with all of them. */
export const everything: UsedResources = { partOf: (dictionary) => dictionary }

/**
 * What of the dictionaries of a source belongs to some of its pages: of resources that pages share, those that these
 * use; and no data of the programs that made them, which may be of the whole document.
 */
export async function drawnBy(part: SelectedPart): Promise<UsedResources> {
  const { isWhole, has } = part.selection
  if (isWhole) return everything
  const { document, readNames } = part.source
  const starts = part.pages.map((page) => document.pageReferences[page - 1] ?? '')
  const pages = new Set(starts)
  const { partOf } = await usedResources(document.copy, { starts, pages, enters: has, readNames })
  return {
    partOf: (dictionary) => {
      const own = partOf(dictionary)
      return own['/PieceInfo'] === undefined ? own : without(own, '/PieceInfo')
    },
  }
}

/** Entries of a page (ISO 32000-2, table 31) that lead to nothing but what belongs to it. */
const pageEntries = new Set(
  `Type LastModified Resources MediaBox CropBox BleedBox TrimBox ArtBox BoxColorInfo Contents Rotate Group Thumb Dur
  Trans B AA Metadata StructParents ID PZ Tabs PresSteps UserUnit VP AF OutputIntents`
    .split(/\s+/)
    .map((key) => `/${key}`),
)

/** The entries of a page, without its annotations and its place among the others. */
export function ownEntries(page: Dictionary, { isWhole }: Selection): Dictionary {
  if (isWhole) return without(page, '/Parent', '/Annots')
  return Object.fromEntries(Object.entries(page).filter(([key]) => pageEntries.has(key)))
}
