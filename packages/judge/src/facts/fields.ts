import { type Dictionary, isReference, type PdfObjects, textOf } from '@pdf-smaller/pdf'
import { isStream } from './values.ts'

/** What a widget lets a reader fill in. */
export type FieldFacts = {
  /** The names from the top, as forms are filled in by; ISO 32000-1, 12.7.3.2. */
  names: string[]
  type: unknown
  value: unknown
  /** Whether the form of the document lists it: else viewers take it for a picture of a field. */
  isListed: boolean
}

/** Forms are not deeper, unless they go in circles. */
const mostLevels = 32

/** Whether a field is among those below another. */
export type IsKid = (field: unknown, parent: unknown) => boolean

/** Tells it from lists that are gone through once each: a form may have thousands of fields below one. */
export function kidLists(objects: PdfObjects): IsKid {
  const lists = new Map<unknown, Set<unknown>>()
  return (field, parent) => {
    const known = lists.get(parent) ?? new Set(objects.array(objects.dictionary(parent)['/Kids']))
    lists.set(parent, known)
    return known.has(field)
  }
}

/** The fields without a parent that the form of a document lists. */
export function listedFields(objects: PdfObjects): ReadonlySet<string> {
  const form = objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/AcroForm'])
  return new Set(objects.array(form['/Fields']).filter(isReference))
}

/** The field of a widget; what it does not say itself it has from the fields above it. */
export function fieldOf(
  widget: unknown,
  listed: ReadonlySet<string>,
  isKid: IsKid,
  objects: PdfObjects,
): FieldFacts {
  const names: string[] = []
  let [type, value]: unknown[] = []
  let [isListed, isReached] = [false, true]
  let next = widget
  for (let level = 0; level < mostLevels && next !== undefined; level++) {
    const field: Dictionary = objects.dictionary(next)
    const name = textOf(objects.resolve(field['/T']))
    if (name !== undefined) names.unshift(name)
    type ??= objects.resolve(field['/FT'])
    value ??= field['/V']
    isListed ||= isReached && isReference(next) && listed.has(next)
    isReached &&= isKid(next, field['/Parent'])
    next = field['/Parent']
  }
  return { names, type, value: valueOf(value, objects), isListed }
}

/** Rich text and the like stand in streams, whose packing may change; chosen items in lists. */
function valueOf(value: unknown, objects: PdfObjects): unknown {
  if (isStream(value, objects)) return 'a stream'
  const resolved = objects.resolve(value)
  const plain = (each: unknown) => (typeof each === 'object' ? null : each)
  return Array.isArray(resolved)
    ? resolved.map((each) => plain(objects.resolve(each)))
    : plain(resolved ?? null)
}
