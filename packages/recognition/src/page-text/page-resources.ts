import { inherited, type InspectedPdf } from '@pdf-smaller/pdf'

/** Whether a page has resources of a kind: fonts, or pictures and forms. */
export function hasResources(
  { copy, pageReferences }: InspectedPdf,
  page: number,
  kind: '/Font' | '/XObject',
): boolean {
  const resources = copy.dictionary(inherited(copy, pageReferences[page - 1] ?? '', '/Resources'))
  return Object.keys(copy.dictionary(resources[kind])).length > 0
}
