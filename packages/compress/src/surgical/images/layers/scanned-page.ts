import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'
import type { Place } from '../places.ts'

/** An image on less of its page is a picture in a document, and one of fewer pixels has text with soft edges anyway. */
const [leastCoverage, leastPpi] = [0.5, 140]

/** Whether an image is a page that was scanned, in colours as they are seen, and stands for nothing but its pixels. */
export function isScannedPage(dictionary: Dictionary, objects: PdfObjects, place: Place): boolean {
  if (place.isSoftMask || place.ppi === undefined || place.ppi < leastPpi) return false
  if (place.coverage < leastCoverage) return false
  const masksOrMaps = ['/SMask', '/Mask', '/Decode', '/Alternates']
  if (masksOrMaps.some((key) => dictionary[key] !== undefined)) return false
  const space = objects.resolve(dictionary['/ColorSpace'])
  // A separation has its darkest where its samples are highest.
  return !(Array.isArray(space) && ['/Separation', '/Indexed'].includes(String(space[0])))
}
