import { createHash } from 'node:crypto'
import { isReference, openTurns, type PdfObjects, walk } from '@pdf-smaller/pdf'
import { leavesAt } from './values.ts'

/** The elements of a document's structure: how many, and a digest of what they say, in their order. */
export type StructureFacts = { elements: number; digest: string }

const saying = ['/S', '/T', '/Lang', '/Alt', '/E', '/ActualText', '/A', '/C']

/** Reads the tree of elements (ISO 32000-1, 14.7.2), and what of which page belongs to each. */
export async function structureOf(
  objects: PdfObjects,
  pageNumber: ReadonlyMap<string, number>,
): Promise<StructureFacts> {
  const { '/StructTreeRoot': root } = objects.dictionary(objects.trailer['/Root'])
  const hash = createHash('sha1').update(leavesAt(objects.dictionary(root), ['/RoleMap'], objects).join('\n'))
  const kidsOf = (element: unknown): unknown[] => {
    const { '/K': kids } = objects.dictionary(element)
    return Array.isArray(objects.resolve(kids)) ? objects.array(kids) : [kids]
  }
  const elementsOf = (element: unknown) => kidsOf(element).filter((each) => '/S' in objects.dictionary(each))
  const pause = openTurns()
  let elements = 0
  for (const element of walk(elementsOf(root), elementsOf, { of: 'structure' })) {
    await pause()
    elements++
    const dictionary = objects.dictionary(element)
    const marked = kidsOf(element).map((each) => objects.dictionary(each)['/MCID'] ?? objects.resolve(each))
    const numbers = marked.filter((each) => typeof each === 'number')
    const page = isReference(dictionary['/Pg']) ? pageNumber.get(dictionary['/Pg']) : undefined
    hash.update(JSON.stringify([leavesAt(dictionary, saying, objects), page ?? null, numbers]))
  }
  return { elements, digest: hash.digest('hex') }
}
