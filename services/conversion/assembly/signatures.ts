import { isSignature } from '@pdf-smaller/pdf'
import type { RemovedSignature } from './contract.ts'
import { fullName } from './fields.ts'
import type { Source } from './source.ts'

export const takeSigned = 'set the option signed to "take" to go on without its signatures'

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
