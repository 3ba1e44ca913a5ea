import type { ReadDocument } from './read-document.ts'

/** What stands around an object, its line of cross-references included, and around all of them, at most. */
const [aroundObject, aroundAll] = [64, 2048]

/**
 * How many bytes of a file at least belong to nothing that its trailer leads to.
 * @param size of the file, bytes
 */
export function looseBytes(
  { texts, objects }: Pick<ReadDocument, 'texts' | 'objects'>,
  size: number,
): number {
  let used = aroundAll
  for (const [reference, object] of objects) {
    used += (texts.get(reference)?.length ?? 0) + aroundObject
    if ('file' in object) used += object.file.length
  }
  return Math.max(0, size - used)
}
