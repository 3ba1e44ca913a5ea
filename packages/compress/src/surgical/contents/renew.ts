import type { PlacedImage } from '@pdf-smaller/engines'
import { openTurns, type Owner, pageOwner, without, type WorkingCopy } from '@pdf-smaller/pdf'
import { frameOf } from '@pdf-smaller/pdf/page-frame'
import type { Work } from '../../work.ts'
import { renewedForms } from './forms.ts'
import { putLifted } from './lifts.ts'
import { openContentsReader, type Renewed } from './reader.ts'

/** The part of a document that contents must take, and that they must lose, to be worth the pages that are compared. */
const [leastPart, leastGain] = [0.1, 0.02]
/** Parts that pages share are written into each of them where they are no larger. */
const fewSharedBytes = 200

/** Contents, and the pages that have them. */
type PageContents = { owner: Owner; pages: number[] }

/**
 * Writes the contents of pages, and of the forms that they draw, in their shortest form; inline images of size become
 * objects. A page whose contents cannot be read to their end keeps them, as does one that was damaged before.
 * @returns where those images are placed
 */
export async function shortenContents({ document, context, contents }: Work): Promise<PlacedImage[]> {
  const { copy, pageReferences, bytes } = document
  const all = contentsOfPages(pageReferences, copy)
  if (packedBytes(all, copy) < bytes * leastPart) return []
  const renew = openContentsReader(copy, openTurns(context.signal))
  const isShared = sharedAmong(all)
  const renewed: Renewed[] = []
  for (const { owner, pages } of all) {
    const isKept = pages.some((page) => contents.kept.has(page))
    const sharedBytes = sizeOf(owner.streams.filter(isShared), copy)
    if (isKept || sharedBytes > fewSharedBytes) continue
    const one = await renew(owner, frameOf(copy, owner.reference).unit, pages)
    if (one) renewed.push(one)
  }
  renewed.push(
    ...(await renewedForms(
      renewed.flatMap(({ forms }) => forms),
      renew,
      copy,
    )),
  )
  const gain = renewed.reduce((sum, each) => sum + each.gain, 0)
  const isWorthIt = gain >= bytes * leastGain
  const placed: PlacedImage[] = []
  for (const each of renewed)
    if (each.lifted.length > 0 || (isWorthIt && each.gain > 0)) {
      placed.push(...(await put(each, document)))
      for (const page of each.pages) contents.shortened.add(page)
    }
  return placed
}

/** The contents of pages, once for those that share them and their resources. */
function contentsOfPages(pageReferences: readonly string[], copy: WorkingCopy): PageContents[] {
  const found = new Map<string, PageContents>()
  for (const [index, reference] of pageReferences.entries()) {
    const owner = pageOwner(reference, copy)
    const key = JSON.stringify([owner.streams, owner.resources, owner.dictionary['/UserUnit']])
    const known = found.get(key) ?? { owner, pages: [] }
    known.pages.push(index + 1)
    found.set(key, known)
  }
  return [...found.values()]
}

/** Whether more than one page has a stream among its contents. */
function sharedAmong(all: readonly PageContents[]): (stream: string) => boolean {
  const counts = new Map<string, number>()
  for (const { owner } of all)
    for (const stream of new Set(owner.streams)) counts.set(stream, (counts.get(stream) ?? 0) + 1)
  return (stream) => (counts.get(stream) ?? 0) > 1
}

const sizeOf = (streams: readonly string[], copy: WorkingCopy) =>
  streams.reduce((sum, each) => sum + (copy.stream(each)?.file.length ?? 0), 0)

/** What contents take as they stand in the file. */
function packedBytes(all: readonly PageContents[], copy: WorkingCopy): number {
  const streams = new Set(all.flatMap(({ owner }) => owner.streams))
  for (const [reference, { '/Subtype': kind }] of copy.dictionaries())
    if (kind === '/Form') streams.add(reference)
  return sizeOf([...streams], copy)
}

async function put(
  { owner, pages, contents, lifted }: Renewed,
  { copy, pageReferences }: Work['document'],
): Promise<PlacedImage[]> {
  const { resources, placed } = await putLifted(lifted, owner, pages, copy)
  const changed = lifted.length > 0 ? { '/Resources': resources } : {}
  if (owner.kind === 'form') {
    const bare = without(owner.dictionary, '/Filter', '/DecodeParms', '/Length')
    await copy.putStream(owner.reference, { ...bare, ...changed }, contents)
    return placed
  }
  const reference = await copy.addStream({}, contents)
  for (const page of pages) {
    const own = pageReferences[page - 1] ?? ''
    copy.put(own, { value: { ...copy.dictionary(own), '/Contents': reference, ...changed } })
  }
  return placed
}
