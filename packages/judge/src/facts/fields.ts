import { type Dictionary, isDictionary, isReference, type PdfObjects, textStringOf } from '@pdf-smaller/pdf'
import { isStream, leavesOf, saying } from './values.ts'

/** What a widget lets a reader fill in. */
export type FieldFacts = {
  /** The names from the top, as forms are filled in by; ISO 32000-1, 12.7.3.2. */
  names: string[]
  type: unknown
  value: unknown
  /** What may be filled in, how, and what is said of it to those who do not see it. */
  rules: string[][]
  /** Whether the form of the document lists it: else viewers take it for a picture of a field. */
  isListed: boolean
  /** Whether the form leaves its look to viewers, whatever appearance it has: that of texts and choices. */
  isLeft: boolean
}

/** Most of them may stand above the field that they are of (ISO 32000-1, tables 220, 222, 229 and 231). */
const ruleKeys = ['/Ff', '/Opt', '/MaxLen', '/DV', '/Q', '/TU']

/** Forms are not deeper, unless they go in circles. */
const mostLevels = 32

/** The fields without a parent that the form of a document lists. */
export function listedFields(objects: PdfObjects): ReadonlySet<string> {
  return new Set(objects.array(formOf(objects)['/Fields']).filter(isReference))
}

const formOf = (objects: PdfObjects): Dictionary =>
  objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/AcroForm'])

/** Reads the field of a widget; what it does not say itself it has from the fields above it. */
export function fieldReader(
  objects: PdfObjects,
  listed: ReadonlySet<string>,
): (widget: unknown) => FieldFacts {
  const isKid = kidLists(objects)
  const ruleOf = ruleReader(objects)
  const { '/Q': usualQ = 0, '/NeedAppearances': need } = formOf(objects)
  const areLeft = objects.resolve(need) === true
  return (widget) => {
    const names: string[] = []
    let [type, value]: unknown[] = []
    const said: Dictionary = {}
    let [isListed, isReached] = [false, true]
    let next = widget
    for (let level = 0; level < mostLevels && next !== undefined; level++) {
      const field: Dictionary = objects.dictionary(next)
      const name = textStringOf(objects.resolve(field['/T']))
      if (name !== undefined) names.unshift(name)
      type ??= objects.resolve(field['/FT'])
      value ??= field['/V']
      for (const key of ruleKeys) said[key] ??= field[key]
      isListed ||= isReached && isReference(next) && listed.has(next)
      isReached &&= isKid(next, field['/Parent'])
      next = field['/Parent']
    }
    said['/Q'] ??= usualQ
    const rules = ruleKeys.map((key) => ruleOf(said[key]))
    const isLeft = areLeft && (type === '/Tx' || type === '/Ch')
    return { names, type, value: valueOf(value, objects), rules, isListed, isLeft }
  }
}

/** Whether a field is among those below another, by lists that are gone through once each: a form may have thousands below one. */
function kidLists(objects: PdfObjects): (field: unknown, parent: unknown) => boolean {
  const lists = new Map<unknown, Set<unknown>>()
  return (field, parent) => {
    const known = lists.get(parent) ?? new Set(objects.array(objects.dictionary(parent)['/Kids']))
    lists.set(parent, known)
    return known.has(field)
  }
}

/** Thousands of fields may have one list of choices, which is read once. */
function ruleReader(objects: PdfObjects): (value: unknown) => string[] {
  const known = new Map<unknown, string[]>()
  return (value) => {
    const leaves = known.get(value) ?? (value === undefined ? [] : leavesOf(value, objects))
    known.set(value, leaves)
    return leaves
  }
}

/** Rich text and the like stand in streams, whose packing may change; chosen items in lists, signatures in dictionaries. */
function valueOf(value: unknown, objects: PdfObjects): unknown {
  if (isStream(value, objects)) return 'a stream'
  const resolved = objects.resolve(value)
  if (isDictionary(resolved)) return leavesOf(resolved, objects)
  const plain = (each: unknown) => (typeof each === 'object' ? null : saying(each))
  return Array.isArray(resolved)
    ? resolved.map((each) => plain(objects.resolve(each)))
    : plain(resolved ?? null)
}
