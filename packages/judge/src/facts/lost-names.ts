import {
  bytesOf,
  contentStreams,
  decode,
  isReference,
  namesIn,
  orAsItIs,
  type PdfObjects,
} from '@pdf-smaller/pdf'

/** Longer contents are not read. */
const mostBytes = 64 * 1024 * 1024

/**
 * A name by which the contents of a page draw something that it led to before and leads to no longer: a viewer leaves out
 * what it cannot find.
 * @param had the names that led to something, each behind its kind
 * @param has those that do now
 * @param page the reference of the page as it is now
 */
export async function lostName(
  had: readonly string[],
  has: readonly string[],
  page: string,
  objects: PdfObjects,
): Promise<string | undefined> {
  const there = new Set(has)
  const missing = had.filter((name) => !there.has(name))
  if (missing.length === 0) return undefined
  const contents = await contentsOf(page, objects)
  const used = contents && namesIn(contents)
  return missing.find((each) => {
    const [kind = '', name = ''] = each.split(' ')
    return Array.from(used ?? []).some(([usedKind, names]) => usedKind === kind && names.has(name))
  })
}

/** Undefined where they cannot be unpacked. */
async function contentsOf(page: string, objects: PdfObjects): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  for (const reference of contentStreams(page, objects)) {
    const stream = isReference(reference) ? objects.all.get(reference) : undefined
    if (!stream || !('dictionary' in stream)) continue
    const raw = await bytesOf(stream.file)
    const plain = await orAsItIs(() => decode(raw, stream.dictionary, objects, mostBytes))
    if (!plain) return undefined
    parts.push(plain, Buffer.from('\n'))
  }
  return Buffer.concat(parts)
}
