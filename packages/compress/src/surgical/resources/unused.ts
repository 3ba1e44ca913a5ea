import { type Dictionary, nameReader, usedResources } from '@pdf-smaller/pdf'
import type { InspectedDocument } from '../../inspect.ts'
import { replaceDictionaries } from './replace.ts'

/**
 * Drops the resources that no content names, which qpdf does only where it splits files. Where contents cannot be read,
 * or anything else refers to the same resources, they all stay.
 * @returns whether there were any
 */
export async function dropUnusedResources(
  { copy, pageReferences }: InspectedDocument,
  signal: AbortSignal,
): Promise<boolean> {
  const { partOf } = await usedResources(copy, {
    starts: [copy.trailer, ...pageReferences],
    pages: new Set(pageReferences),
    readNames: nameReader(copy),
    signal,
  })
  let isAny = false
  const used = (dictionary: Dictionary) => {
    const part = partOf(dictionary)
    if (Object.keys(part).length === Object.keys(dictionary).length) return undefined
    isAny = true
    return part
  }
  await replaceDictionaries(copy, used, signal)
  return isAny
}
