import {
  type Destination,
  type Dictionary,
  graphCopier,
  inherited,
  isDictionary,
  isReference,
  type NewObjects,
  type PdfObject,
  type PdfObjects,
  textOf,
  textValue,
  type UsedResources,
  without,
} from '@pdf-smaller/pdf'
import { ownEntries } from './drawn.ts'
import { isLink, type Selection, selectionOf } from './selection.ts'
import type { Part } from './source.ts'
import { kidsOf, pageOfContent } from './tags.ts'

/** What part of a new document stands under other names there than in its source. */
export type Renaming = {
  /** What of its resources the part uses. */
  drawn: UsedResources
  /** Added to the numbers in StructParent and StructParents. */
  structOffset: number
  /** What stands over the elements of the structure in the new document. */
  structRoot: string | undefined
  /** Structure types. */
  roles: ReadonlyMap<unknown, string>
  /** Fields without a parent, by their reference. */
  fieldNames: ReadonlyMap<string, string>
  /** Fonts of the form, as the appearance strings name them. */
  fonts: ReadonlyMap<string, string>
  /** Where a link to another file leads when that file is a part, too. */
  across: (action: Dictionary) => Destination | undefined
}

/** Pages of a source on their way into a new document. */
export type Extract = {
  part: Part
  selection: Selection
  /** The new pages. */
  pages: string[]
  /** A value of the source as it reads in the new document, with everything that it leads to. */
  copied: (value: unknown) => unknown
  /** A destination in the source, as it reads in the new document. */
  destination: (destination: Destination) => unknown
  /** Numbers of the parent tree that came along, as the source has them. */
  structNumbers: Set<number>
  /** Whether an object of the source came along. */
  cameAlong: (reference: string) => boolean
  links: { kept: number; dropped: number }
}

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
  part: Part,
  pages: string[],
  target: NewObjects,
  tree: string,
  renaming: Renaming,
): Extract {
  const { copy, pageReferences, lastNumber } = part.source.document
  const selection = selectionOf(part)
  const places = new Map(
    part.pages.map((page, index) => [pageReferences[page - 1] ?? '', pages[index] ?? '']),
  )
  const extract = { structNumbers: new Set<number>(), links: { kept: 0, dropped: 0 } }
  let foreign = lastNumber
  /** A page of another part gets a reference that the source does not use. */
  const across = (action: Dictionary): unknown => {
    const destination = renaming.across(action)
    if (!destination) return undefined
    const reference = `${++foreign} 0 R`
    places.set(reference, destination[0])
    return [reference, ...destination.slice(1)]
  }
  const adapt = adapter(part, selection, renaming, extract.structNumbers, across)
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
      partOf,
    },
    { placeOf: (reference) => places.get(reference), add: target.add, put: target.put },
  )
  for (const [index, number] of part.pages.entries()) {
    const reference = pageReferences[number - 1] ?? ''
    const page = copy.dictionary(reference)
    const annotations = keptAnnotations(part, page, selection, extract.links, (each) => adapt(each))
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
    selection,
    pages,
    copied,
    destination: copied,
    cameAlong: (reference) => came.has(reference),
    ...extract,
  }
}

function adaptedObject(object: PdfObject, adapt: (dictionary: Dictionary) => Dictionary): PdfObject {
  if ('dictionary' in object) return { ...object, dictionary: adapt(object.dictionary) }
  return isDictionary(object.value) ? { value: adapt(object.value) } : object
}

/** Changes dictionaries of a source so that they say in the new document what they said in the source. */
function adapter(
  { source }: Part,
  selection: Selection,
  renaming: Renaming,
  structNumbers: Set<number>,
  across: (action: Dictionary) => unknown,
): (dictionary: Dictionary, reference?: string) => Dictionary {
  const { copy } = source.document
  const isThere = (value: unknown) => !isReference(value) || selection.has(value)
  return (dictionary, reference = '') => {
    let adapted = renumbered(dictionary, renaming, structNumbers)
    if (isLink(adapted)) {
      const lead = selection.lead(adapted)
      const destination =
        lead.kind === 'inside' ? lead.destination : lead.kind === 'file' ? across(lead.action) : undefined
      if (destination) adapted = { ...without(adapted, '/A', '/Dest'), '/Dest': destination }
    }
    if (source.fields.all.has(reference)) {
      const name = renaming.fieldNames.get(reference)
      const kids = copy.array(adapted['/Kids'])
      adapted = {
        ...appearanceRenamed(adapted, copy.resolve(adapted['/DA']), renaming.fonts),
        ...(name === undefined ? {} : { '/T': textValue(name) }),
        ...(kids.length > 0 ? { '/Kids': kids.filter(isThere) } : {}),
      }
    }
    if (selection.elements.has(reference)) {
      const element = adapted
      const allKids = kidsOf(copy, element)
      const kids = allKids.filter((kid) => {
        const content = copy.resolve(kid)
        const annotation = isDictionary(content) ? content['/Obj'] : undefined
        return isThere(kid) && isThere(annotation) && isThere(pageOfContent(content, element))
      })
      const type = renaming.roles.get(copy.resolve(element['/S']))
      // What is said of an element as a whole may be said of other pages.
      const said = kids.length < allKids.length ? without(element, '/ActualText', '/Alt', '/E') : element
      adapted = { ...said, '/K': kids, ...(type ? { '/S': type } : {}) }
    }
    return adapted
  }
}

function renumbered(dictionary: Dictionary, { structOffset }: Renaming, numbers: Set<number>): Dictionary {
  let result = dictionary
  for (const key of ['/StructParent', '/StructParents']) {
    const number = dictionary[key]
    if (typeof number !== 'number') continue
    numbers.add(number)
    result = { ...result, [key]: number + structOffset }
  }
  return result
}

/** A field's appearance string, such as `/Helv 12 Tf 0 g`, with the fonts' new names. */
function appearanceRenamed(
  field: Dictionary,
  appearance: unknown,
  fonts: ReadonlyMap<string, string>,
): Dictionary {
  const text = textOf(appearance)
  if (fonts.size === 0 || text === undefined) return field
  const renamed = text.replaceAll(/\/[^\s/()<>[\]{}%]+/g, (name) => fonts.get(name) ?? name)
  return { ...field, '/DA': textValue(renamed) }
}

/** The annotations of a page, without links to pages that do not come along. */
function keptAnnotations(
  { source: { document } }: Part,
  page: Dictionary,
  selection: Selection,
  links: Extract['links'],
  adapt: (dictionary: Dictionary) => Dictionary,
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
