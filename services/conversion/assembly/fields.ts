import { type Dictionary, isReference, type PdfObjects, textStringOf, walk } from '@pdf-smaller/pdf'

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

/** @throws JobFailure damaged_pdf where fields are nested too deep */
export function fieldsOf(objects: PdfObjects): Fields {
  const form = objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/AcroForm'])
  const roots = objects.array(form['/Fields']).filter(isReference)
  const all = new Set<string>()
  const kidsOf = (field: string) =>
    objects
      .array(objects.dictionary(field)['/Kids'])
      .filter(isReference)
      .filter((kid) => !all.has(kid))
  const widgetsBelow = (root: string): string[] => {
    if (all.has(root)) return []
    const below = [...walk([root], kidsOf, { of: 'form', isTree: true })]
    for (const field of below) all.add(field)
    return below.filter((field) => objects.dictionary(field)['/Subtype'] === '/Widget')
  }
  const widgetsOf = new Map(roots.map((root) => [root, widgetsBelow(root)]))
  return { form, roots, all, widgetsOf }
}

/**
 * A name that no other has yet.
 * @param own names that stand beside it, and are no better
 */
export function freeName(name: string, taken: Has, own: Has = new Set()): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}_${number}`) || own.has(`${name}_${number}`)) number++
  return `${name}_${number}`
}

type Has = { has: (name: string) => boolean }

export const fieldName = (objects: PdfObjects, field: string): string =>
  textStringOf(objects.resolve(objects.dictionary(field)['/T'])) ?? ''

/** The names of a field and of those above it, joined by dots (ISO 32000-1, 12.7.3.2). */
export function fullName(objects: PdfObjects, field: string): string {
  const names: string[] = []
  const parentOf = (each: unknown) => [objects.dictionary(each)['/Parent']]
  for (const each of walk<unknown>([field], parentOf, { of: 'form', isTree: true }))
    names.unshift(typeof each === 'string' ? fieldName(objects, each) : '')
  return names.filter((name) => name !== '').join('.')
}
