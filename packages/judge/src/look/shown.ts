import { createHash } from 'node:crypto'
import {
  inherited,
  isDictionary,
  isReference,
  mapped,
  type PdfObject,
  type ReadPdf,
  sameText,
  without,
} from '@pdf-smaller/pdf'
import { digestOfAll } from '../facts/digests.ts'

/** A digest of all that the drawing of a page, from 1, comes from. */
export type Shown = (page: number) => Promise<string>

/** What a page may have from the nodes above it (ISO 32000-1, 7.7.3.4). */
const fromAbove = ['/Resources', '/MediaBox', '/CropBox', '/Rotate']

/**
 * Reads what pages draw: all objects that a page leads to, with the bytes of streams as they stand, other pages and fields
 * above its own apart. Where two pages have equal digests, a program draws the same of both.
 */
export function openShown({ objects, pages }: Pick<ReadPdf, 'objects' | 'pages'>): Shown {
  const { all, dictionary } = objects
  const digests = new Map<string, Promise<string>>()
  const bytesIn = (reference: string, object: PdfObject) => {
    if ('value' in object) return undefined
    const digest = digests.get(reference) ?? digestOfAll(object.file, false)
    digests.set(reference, digest)
    return digest
  }
  const isPage = (reference: string) => /^\/Pages?$/.test(String(dictionary(reference)['/Type']))
  return async (page) => {
    const reference = pages[page - 1] ?? ''
    const numbers = new Map<string, number>()
    const numbered = (value: unknown) =>
      mapped(value, (each) => {
        if (!isReference(each)) return each
        if (isPage(each)) return 'page'
        if (!numbers.has(each)) numbers.set(each, numbers.size)
        return `${numbers.get(each)} 0 R`
      })
    const own = without(dictionary(reference), '/Parent')
    const hash = createHash('sha1')
    hash.update(sameText(numbered([own, fromAbove.map((key) => inherited(objects, reference, key))])))
    // A map goes on to what is put into it meanwhile.
    for (const [each] of numbers) {
      const object = all.get(each)
      if (!object) continue
      const value = 'value' in object ? object.value : object.dictionary
      hash.update(sameText([numbered(withoutAbove(value)), await bytesIn(each, object)]))
    }
    return hash.digest('hex')
  }
}

/** The fields above one say nothing of how it looks that is not compared by itself. */
const withoutAbove = (value: unknown): unknown => (isDictionary(value) ? without(value, '/Parent') : value)
