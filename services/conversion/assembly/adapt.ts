import {
  type Dictionary,
  isDictionary,
  isReference,
  isSignature,
  textStringOf,
  textValue,
  without,
} from '@pdf-smaller/pdf'
import { structureOf } from './actions.ts'
import type { Renaming } from './new-names.ts'
import { isLink, type SelectedPart } from './selection.ts'
import type { Selection } from './selected.ts'
import { kidsOf, pageOfContent } from './tags.ts'

/** Changes objects of a source so that they say in the new document what they said in the source. */
export type Adapt = (dictionary: Dictionary, reference?: string) => Dictionary

type Across = (action: Dictionary) => unknown

/**
 * @param structNumbers takes the numbers of the parent tree that came along, as the source has them
 * @param across where a link to another file leads when that file is a part, too
 */
export function adapter(
  part: SelectedPart,
  renaming: Renaming,
  structNumbers: Set<number>,
  across: Across,
): Adapt {
  const { source, selection } = part
  const { copy } = source.document
  return (dictionary, reference = '') => {
    let adapted = renumbered(dictionary, renaming, structNumbers)
    if (isLink(adapted)) adapted = adaptedLink(adapted, part, across)
    if (adapted['/V'] !== undefined && isSignature(copy, adapted['/V']))
      adapted = without(adapted, '/V', '/Lock', '/SV')
    if (source.fields.all.has(reference)) adapted = adaptedField(adapted, reference, part, renaming)
    if (selection.elements.has(reference)) adapted = adaptedElement(adapted, part, renaming)
    return source.threads.adapted(adapted, reference, selection)
  }
}

function adaptedLink(link: Dictionary, part: SelectedPart, across: Across): Dictionary {
  const { copy } = part.source.document
  const lead = part.selection.lead(link)
  switch (lead.kind) {
    case 'inside': {
      const action = copy.dictionary(link['/A'])
      const structure = structureOf({ ...action, '/D': link['/Dest'] ?? action['/D'] }, part)
      const { '/Next': next } = link['/Dest'] === undefined ? action : {}
      const rest = without(link, '/A', '/Dest')
      if (!structure && next === undefined) return { ...rest, '/Dest': lead.destination }
      const more = { ...(structure && { '/SD': structure }), ...(next !== undefined && { '/Next': next }) }
      return { ...rest, '/A': { '/S': '/GoTo', '/D': lead.destination, ...more } }
    }
    case 'file': {
      const destination = across(lead.action)
      return destination ? { ...without(link, '/A', '/Dest'), '/Dest': destination } : link
    }
    case 'nowhere':
      // A name that means nothing here may be that of a place in another part.
      return Array.isArray(copy.resolve(link['/Dest'])) ? link : without(link, '/Dest')
    case 'action':
    case 'lost':
      return link
    default:
      return lead satisfies never
  }
}

function adaptedField(
  field: Dictionary,
  reference: string,
  { source, selection }: SelectedPart,
  renaming: Renaming,
): Dictionary {
  const { copy } = source.document
  const { roots, fonts, isShared, appearances } = renaming.fields
  const made = appearances.made.get(reference)
  const name = roots.get(reference)
  const kids = copy.array(field['/Kids'])
  // Beside those of other parts a form's defaults cannot hold for all its fields.
  const said =
    isShared && field['/Parent'] === undefined ? { ...defaultsOf(source.fields.form), ...field } : field
  return {
    ...appearanceRenamed(said, copy.resolve(said['/DA']), fonts),
    ...(made === undefined ? {} : { '/AP': { '/N': made } }),
    ...(name === undefined ? {} : { '/T': textValue(name) }),
    ...(kids.length > 0 ? { '/Kids': kids.filter((kid) => isThere(kid, selection)) } : {}),
  }
}

function adaptedElement(
  element: Dictionary,
  { source, selection }: SelectedPart,
  renaming: Renaming,
): Dictionary {
  const { copy } = source.document
  const allKids = kidsOf(copy, element)
  const kids = allKids.filter((kid) => {
    const content = copy.resolve(kid)
    const annotation = isDictionary(content) ? content['/Obj'] : undefined
    return [kid, annotation, pageOfContent(content, element)].every((each) => isThere(each, selection))
  })
  const type = renaming.roles.get(copy.resolve(element['/S']))
  const id = renaming.ids.get(String(copy.resolve(element['/ID'])))
  // What is said of an element as a whole may be said of other pages.
  const said = kids.length < allKids.length ? without(element, '/ActualText', '/Alt', '/E') : element
  return { ...said, '/K': kids, ...(type ? { '/S': type } : {}), ...(id ? { '/ID': id } : {}) }
}

const isThere = (value: unknown, selection: Selection) => !isReference(value) || selection.has(value)

const defaultsOf = (form: Dictionary): Dictionary =>
  Object.fromEntries(['/DA', '/Q'].flatMap((key) => (form[key] === undefined ? [] : [[key, form[key]]])))

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
  const text = textStringOf(appearance)
  if (fonts.size === 0 || text === undefined) return field
  const renamed = text.replaceAll(/\/[^\s/()<>[\]{}%]+/g, (name) => fonts.get(name) ?? name)
  return { ...field, '/DA': textValue(renamed) }
}
