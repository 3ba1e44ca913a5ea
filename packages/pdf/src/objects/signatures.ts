import type { PdfObjects } from './pdf-objects.ts'

/** Whether a value is a signature (ISO 32000-1, 12.8.1): it says what of the file it covers, and has the proof of it. */
export function isSignature(objects: PdfObjects, value: unknown): boolean {
  const dictionary = objects.dictionary(value)
  return dictionary['/ByteRange'] !== undefined && dictionary['/Contents'] !== undefined
}
