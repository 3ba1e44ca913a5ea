import { isSignature } from '@pdf-smaller/pdf'
import { z } from 'zod'
import { fullName } from './fields.ts'
import type { Source } from './source.ts'

/** What becomes of signed documents: refused, or taken without what no change survives. */
export const Signed = z
  .enum(['refuse', 'take'])
  .default('refuse')
  .describe(
    'What becomes of signed files: refused, or taken; no signature survives, so they go, and the result tells which',
  )
export type Signed = z.infer<typeof Signed>

export const takeSigned = 'set the option signed to "take" to go on without its signatures'

/** A signature that the new document does not have. What was drawn for it stays on its page. */
export const RemovedSignature = z.object({
  /** The full name of its field. */
  field: z.string(),
  /** Who signed and when, as the signature says; nobody has verified it. */
  by: z.string().optional(),
  at: z.string().optional(),
})
export type RemovedSignature = z.infer<typeof RemovedSignature>

/** The signatures of a document, by the fields and widgets that have them. */
export function signaturesOf({ document, fields, annotationPage, textIn }: Source): RemovedSignature[] {
  const { copy } = document
  const holders = new Set([...fields.all, ...annotationPage.keys()])
  return [...holders].flatMap((field): RemovedSignature[] => {
    const { '/V': value } = copy.dictionary(field)
    if (value === undefined || !isSignature(copy, value)) return []
    const [by, at] = [textIn(value, '/Name'), textIn(value, '/M')]
    const said = { ...(by === undefined ? {} : { by }), ...(at === undefined ? {} : { at }) }
    return [{ field: fullName(copy, field), ...said }]
  })
}
