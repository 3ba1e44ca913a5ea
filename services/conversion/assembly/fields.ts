import { type Dictionary, isReference, type PdfObjects, textOf } from '@pdf-smaller/pdf'

/** The fields of a document's form (ISO 32000-1, 12.7). */
export type Fields = {
  form: Dictionary
  /** The references of those without a parent, in their order. */
  roots: string[]
  /** The references of all fields, widgets among them. */
  all: ReadonlySet<string>
  /** The widgets below each field without a parent. */
  widgetsOf: ReadonlyMap<string, string[]>
}

/** Forms are not deeper, unless they go in circles. */
const mostLevels = 32

export function fieldsOf(objects: PdfObjects): Fields {
  const form = objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/AcroForm'])
  const roots = objects.array(form['/Fields']).filter(isReference)
  const all = new Set<string>()
  const widgetsBelow = (reference: string, level = 0): string[] => {
    if (level > mostLevels || all.has(reference)) return []
    all.add(reference)
    const field = objects.dictionary(reference)
    const kids = objects.array(field['/Kids']).filter(isReference)
    const own = field['/Subtype'] === '/Widget' ? [reference] : []
    return [...own, ...kids.flatMap((kid) => widgetsBelow(kid, level + 1))]
  }
  const widgetsOf = new Map(roots.map((root) => [root, widgetsBelow(root)]))
  return { form, roots, all, widgetsOf }
}

/** A name for a field that no other has yet. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`
  return free
}

export const fieldName = (objects: PdfObjects, field: string): string =>
  textOf(objects.resolve(objects.dictionary(field)['/T'])) ?? ''
