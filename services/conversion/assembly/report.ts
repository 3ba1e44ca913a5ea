import type { Found } from '@pdf-smaller/judge'
import { z } from 'zod'
import type { Source } from './source.ts'

const counts = z.object({ kept: z.int(), dropped: z.int() })

/** What of its sources a new document has kept. */
export const Kept = z.object({
  pages: z.int(),
  /** Dropped are those that led to a page which did not come along. */
  links: counts,
  outline: counts,
  fields: counts.extend({ renamed: z.int() }),
  attachments: z.int(),
  tags: z.boolean(),
  labels: z.boolean(),
  layers: z.boolean(),
})
export type Kept = z.infer<typeof Kept>

/** What the judge has found in the written file; what was planned, where it was not read again. */
export function measured(planned: Kept, found: Found | undefined): Kept {
  return found ? { ...found, fields: { ...found.fields, renamed: planned.fields.renamed } } : planned
}

/** Whether files are attached to a document, beside those of annotations. */
export function hasAttachments({ document: { copy } }: Source): boolean {
  const names = copy.dictionary(copy.dictionary(copy.trailer['/Root'])['/Names'])
  return names['/EmbeddedFiles'] !== undefined
}

/** What a source has that no document made of its pages keeps, for people. */
export function droppedFrom({ document: { copy, encryption }, fields }: Source): string[] {
  const root = copy.dictionary(copy.trailer['/Root'])
  const has = (...keys: string[]) => keys.some((key) => root[key] !== undefined)
  const names = copy.dictionary(root['/Names'])
  return [
    ...(encryption ? ['the protection against changes'] : []),
    ...(fields.form['/XFA'] === undefined ? [] : ['the XFA form, of which the fields stay']),
    ...(has('/OpenAction', '/AA') ? ['what happens when it is opened or closed'] : []),
    ...(names['/JavaScript'] === undefined ? [] : ['scripts of the document']),
    ...(has('/Collection') ? ['the view as a portfolio'] : []),
    ...(has('/Threads') ? ['article threads'] : []),
  ]
}
