import { inherited, isReference, type PdfObjects } from '@pdf-smaller/pdf'
import type { Digests } from './digests.ts'

/**
 * A digest of what a page draws, in the words of its contents and of the forms that it names: a page with another may look
 * otherwise. Pictures are not read.
 */
export async function drawnDigest(page: string, objects: PdfObjects, digestOf: Digests): Promise<string> {
  const { '/Contents': contents } = objects.dictionary(page)
  const streams = Array.isArray(objects.resolve(contents)) ? objects.array(contents) : [contents]
  const resources = objects.dictionary(inherited(objects, page, '/Resources'))
  const forms = Object.entries(objects.dictionary(resources['/XObject'])).filter(
    ([, each]) => isReference(each) && objects.dictionary(each)['/Subtype'] === '/Form',
  )
  const digests: (string | undefined)[] = []
  for (const each of streams) digests.push(await digestOf(each))
  for (const [name, each] of forms.sort(([one], [other]) => (one < other ? -1 : 1)))
    digests.push(name, await digestOf(each))
  return JSON.stringify(digests)
}
