import type { Found } from '@pdf-smaller/judge'
import type { Kept } from './contract.ts'
import { openingOf } from './opening.ts'
import type { Source } from './source.ts'

/** What the judge has found in the written file; what was planned, where it was not read again. */
export function measured(planned: Kept, found: Found | undefined): Kept {
  if (!found) return planned
  const { scripts, appearances } = planned
  return { ...found, scripts, appearances, fields: { ...found.fields, renamed: planned.fields.renamed } }
}

/** Whether files are attached to a document, beside those of annotations. */
export function hasAttachments({ document: { copy } }: Source): boolean {
  const names = copy.dictionary(copy.dictionary(copy.trailer['/Root'])['/Names'])
  return names['/EmbeddedFiles'] !== undefined
}

/**
 * What a source has that no document made of its pages keeps, for people.
 * @param opens whether a new document begins with what it shows first
 */
export function droppedFrom(source: Source, opens: boolean): string[] {
  const { document, fields } = source
  const { copy } = document
  const root = copy.dictionary(copy.trailer['/Root'])
  const has = (...keys: string[]) => keys.some((key) => root[key] !== undefined)
  const names = copy.dictionary(root['/Names'])
  const { place, isMore } = openingOf(source)
  return [
    ...(fields.form['/XFA'] === undefined ? [] : ['the XFA form, of which the fields stay']),
    ...(isMore || (place && !opens) ? ['what happens when it is opened or closed'] : []),
    ...(names['/JavaScript'] === undefined || fields.roots.length > 0 ? [] : ['scripts of the document']),
    ...(has('/Collection') ? ['the view as a portfolio'] : []),
    ...(has('/DSS') ? ['what proves its signatures later'] : []),
  ]
}
