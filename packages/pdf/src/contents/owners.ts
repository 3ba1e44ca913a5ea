import { inherited } from '../pages/page-tree.ts'
import { type Dictionary, isReference, type PdfObjects } from '../objects/pdf-objects.ts'
import { plainStream } from '../file/plain-stream.ts'
import type { WorkingCopy } from '../file/working-copy.ts'

/** What has contents that name resources: a page, a form, a tiling pattern, a Type 3 font. */
export type Owner = {
  kind: 'page' | 'form' | 'pattern' | 'font'
  /** Empty for a font within another object. */
  reference: string
  dictionary: Dictionary
  resources: unknown
  streams: string[]
}

/** Longer contents are not read. */
const mostContentBytes = 64 * 1024 * 1024

/** All owners of resources that are objects of their own. */
export function ownersIn(copy: WorkingCopy, pageReferences: readonly string[]): Owner[] {
  const owners = pageReferences.map((page) => pageOwner(page, copy))
  for (const [reference, dictionary] of copy.dictionaries()) {
    const owner = ownerOf(dictionary, reference, copy)
    if (owner) owners.push(owner)
  }
  return owners
}

/** What a page gives as the streams of its contents, in order; what among it is no stream shows nothing. */
export function contentStreams(page: string, objects: PdfObjects): unknown[] {
  const { '/Contents': contents } = objects.dictionary(page)
  const object = isReference(contents) ? objects.all.get(contents) : undefined
  return object && 'file' in object ? [contents] : objects.array(contents)
}

export function pageOwner(reference: string, copy: WorkingCopy): Owner {
  const dictionary = copy.dictionary(reference)
  const streams = contentStreams(reference, copy)
  const resources = inherited(copy, reference, '/Resources')
  return { kind: 'page', reference, dictionary, resources, streams: streams.filter(isReference) }
}

/** A form, tiling pattern or Type 3 font as the owner of its contents; undefined for anything else. */
export function ownerOf(dictionary: Dictionary, reference: string, objects: PdfObjects): Owner | undefined {
  const { '/Resources': resources, '/Subtype': subtype } = dictionary
  const own = { reference, dictionary, resources }
  if (subtype === '/Type3') {
    const glyphs = Object.values(objects.dictionary(dictionary['/CharProcs']))
    return { kind: 'font', ...own, streams: glyphs.filter(isReference) }
  }
  // Some programs leave out what kind of object an appearance is.
  const isForm = subtype === '/Form' || (subtype === undefined && dictionary['/BBox'] !== undefined)
  if (dictionary['/PatternType'] === 1) return { kind: 'pattern', ...own, streams: [reference] }
  return isForm ? { kind: 'form', ...own, streams: [reference] } : undefined
}

/** The contents in some streams, each unpacked; undefined where one cannot be. */
export async function contentsIn(
  streams: readonly string[],
  copy: WorkingCopy,
): Promise<Uint8Array[] | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for (const reference of streams) {
    const stream = copy.stream(reference)
    // What is no stream shows nothing.
    if (!stream) continue
    const bytes = await plainStream(stream, copy, mostContentBytes)
    size += bytes?.length ?? 0
    if (!bytes || size > mostContentBytes) return undefined
    parts.push(bytes)
  }
  return parts
}

/** The contents of an owner as one piece; undefined where they cannot be unpacked. */
export async function contentsOf(
  { streams }: Pick<Owner, 'streams'>,
  copy: WorkingCopy,
): Promise<Buffer | undefined> {
  const parts = await contentsIn(streams, copy)
  return parts && joined(parts)
}

const lineEnd = Buffer.from('\n')

/** Contents that stand in several streams, as one; tokens end where a stream does (ISO 32000-1, 7.8.2). */
export const joined = (parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => [part, lineEnd]))
