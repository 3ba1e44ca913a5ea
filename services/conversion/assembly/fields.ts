import { type Dictionary, isReference, type PdfObjects, textOf, walk } from '@pdf-smaller/pdf'

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

/** A name for a field that no other has yet. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`
  return free
}

export const fieldName = (objects: PdfObjects, field: string): string =>
  textOf(objects.resolve(objects.dictionary(field)['/T'])) ?? ''
