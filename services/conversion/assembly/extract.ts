import type { Extract } from './extracted.ts'
import {
  type Dictionary,
  graphCopier,
  inherited,
  isDictionary,
  type NewObjects,
  type PdfObject,
  type PdfObjects,
} from '@pdf-smaller/pdf'
import { actionAdapter } from './actions.ts'
import { type Adapt, adapter } from './adapt.ts'
import { ownEntries } from './drawn.ts'
import type { Renaming } from './new-names.ts'
import { isLink, type SelectedPart } from './selection.ts'
import type { Part } from './source.ts'
import { headersRenamed } from './structure.ts'

/** No object of a file is of so late a generation (ISO 32000-1, annex C). */
const noGeneration = 65_536

const inheritable = ['/Resources', '/MediaBox', '/CropBox', '/Rotate'] as const

function inheritedEntries(objects: PdfObjects, page: string): Dictionary {
  const entries = inheritable.flatMap((key) => {
    const value = inherited(objects, page, key)
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries(entries)
}

/** The new pages, before anything stands on them: parts may lead to each other's. */
export const reservePages = ({ pages }: Part, target: NewObjects): string[] =>
  pages.map(() => target.reserve())

/** Copies the pages of a part, with everything on them and without what leads out of them. */
export function extractPages(
  part: SelectedPart,
  pages: string[],
  target: NewObjects,
  tree: string,
  renaming: Renaming,
): Extract {
  const { copy, pageReferences } = part.source.document
  const { selection } = part
  const places = new Map<string, string>()
  // Of a page that comes twice the first is the one that links lead to.
  for (const [index, page] of [...part.pages.entries()].reverse())
    places.set(pageReferences[page - 1] ?? '', pages[index] ?? '')
  const extract = { structNumbers: new Set<number>(), links: { kept: 0, dropped: 0 } }
  let foreign = 0
  /** A page of another part gets a reference that the source does not use. */
  const across = (action: Dictionary): unknown => {
    const destination = renaming.across(action)
    if (!destination) return undefined
    const reference = `${++foreign} ${noGeneration} R`
    places.set(reference, destination[0])
    return [reference, ...destination.slice(1)]
  }
  const adapt = adapter(part, renaming, extract.structNumbers, across)
  const adaptAction = actionAdapter(part, renaming.fields)
  const { structRoot } = renaming
  if (part.source.tags && structRoot) places.set(part.source.tags.rootReference, structRoot)
  const came = new Set<string>()
  const { partOf } = renaming.drawn
  const copied = graphCopier(
    {
      get: (reference) => {
        const object = selection.has(reference) ? copy.all.get(reference) : undefined
        if (object) came.add(reference)
        return object && adaptedObject(object, (dictionary) => adapt(partOf(dictionary), reference))
      },
      partOf: (dictionary) => adaptAction(headersRenamed(partOf(dictionary), renaming.ids, copy)),
    },
    { placeOf: (reference) => places.get(reference), add: target.add, put: target.put },
  )
  for (const [index, number] of part.pages.entries()) {
    const reference = pageReferences[number - 1] ?? ''
    const page = copy.dictionary(reference)
    const annotations = keptAnnotations(part, page, extract.links, adapt)
    const whole = {
      ...ownEntries(page, selection),
      ...inheritedEntries(copy, reference),
      ...(annotations.length > 0 ? { '/Annots': annotations } : {}),
    }
    const value = copied(adapt(whole))
    target.put(pages[index] ?? '', { value: { ...(isDictionary(value) ? value : {}), '/Parent': tree } })
  }
  return {
    part,
    renaming,
    pages,
    copied,
    cameAlong: (reference) => came.has(reference),
    ...extract,
  }
}

function adaptedObject(object: PdfObject, adapt: (dictionary: Dictionary) => Dictionary): PdfObject {
  if ('dictionary' in object) return { ...object, dictionary: adapt(object.dictionary) }
  return isDictionary(object.value) ? { value: adapt(object.value) } : object
}

/** The annotations of a page, without links to pages that do not come along. */
function keptAnnotations(
  { source: { document }, selection }: SelectedPart,
  page: Dictionary,
  links: Extract['links'],
  adapt: Adapt,
): unknown[] {
  return document.copy.array(page['/Annots']).flatMap((annotation) => {
    const dictionary = document.copy.dictionary(annotation)
    if (isLink(dictionary)) {
      if (selection.lead(dictionary).kind === 'lost') {
        links.dropped++
        return []
      }
      links.kept++
    }
    return [isDictionary(annotation) ? adapt(annotation) : annotation]
  })
}
