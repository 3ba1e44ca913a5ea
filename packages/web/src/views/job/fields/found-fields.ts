import { type Document, Field, type FieldValue } from '../../../api/extraction.ts'

/** A field of a document with its path below it: `invoice.totals.gross`, and the words of that path. */
export type FoundField = { path: string; names: readonly string[]; field: Field }

/** Fields that belong together: those of the seller, of a row, of the totals. */
export type FieldGroup = { path: string; names: readonly string[]; fields: FoundField[] }

/** Deeper no document of ours is. */
const deepest = 8

/** All fields of a document, in groups, in its order. */
export function groupsOf({ invoice, statement }: Document): FieldGroup[] {
  const groups: FieldGroup[] = []
  const walk = (value: unknown, path: string, names: readonly string[], depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest) return
    if (Array.isArray(value))
      return value.forEach((each: unknown, index) =>
        walk(each, `${path}[${index}]`, [...names, String(index + 1)], depth + 1),
      )
    const group: FieldGroup = { path, names, fields: [] }
    groups.push(group)
    for (const [name, each] of Object.entries(value)) {
      const field = Field.safeParse(each).data
      const at = `${path}.${name}`
      if (field) group.fields.push({ path: at, names: [...names, name], field })
      else walk(each, at, [...names, name], depth + 1)
    }
  }
  if (invoice) walk(invoice, 'invoice', [], 0)
  if (statement) walk(statement, 'statement', [], 0)
  return groups.filter(({ fields }) => fields.length > 0)
}

/** What holds now: what a person has said, or else what was read. */
export const valueNow = ({ value, corrected }: Field): FieldValue | null =>
  corrected ? corrected.value : value
