import { JobFailure } from '@pdf-smaller/contracts'
import type { InspectedPdf } from '@pdf-smaller/pdf'

/**
 * A tagged file comes from a program that wrote its text into it; pages without text have none to be found.
 * @throws JobFailure tagged_pdf
 */
export function refuseTagged({ copy }: InspectedPdf): void {
  const root = copy.dictionary(copy.trailer['/Root'])
  const isTagged = copy.resolve(copy.dictionary(root['/MarkInfo'])['/Marked']) === true
  if (isTagged && root['/StructTreeRoot'] !== undefined) throw new JobFailure('tagged_pdf')
}
