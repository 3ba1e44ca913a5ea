import {
  bytesOf,
  contentStreams,
  decode,
  type Dictionary,
  type FileSlice,
  inherited,
  isReference,
  orAsItIs,
  type PdfObjects,
} from '@pdf-smaller/pdf'
import { unlessUnreadable } from '../unreadable.ts'
import { type SlicePair, streamsToCompare } from './same-values.ts'

/** A page, by its reference. */
export type PageOf = { objects: PdfObjects; page: string }

/** Pages that draw from more bytes are drawn. */
const mostBytes = 8 * 2 ** 20

/**
 * Whether two pages draw from the same bytes, so that they look the same and say the same without anyone drawing them.
 * Resources may be missing that the contents do not name. Whatever takes more than a glance counts as not the same.
 */
export async function isSamePage(before: PageOf, after: PageOf): Promise<boolean> {
  if (hasMore(before) || hasMore(after)) return false
  const [had, has] = [resourcesOf(before), resourcesOf(after)]
  const missing: string[] = []
  const slices: SlicePair[] = []
  const compare = (one: unknown, other: unknown): boolean => {
    const found = streamsToCompare(
      { objects: before.objects, value: one },
      { objects: after.objects, value: other },
    )
    if (found) slices.push(...found)
    return found !== undefined
  }
  for (const kind of new Set([...Object.keys(had), ...Object.keys(has)])) {
    const [all, kept] = [before.objects.resolve(had[kind]), after.objects.resolve(has[kind])]
    if (kind === '/ProcSet') continue
    const [entries, left] = [before.objects.dictionary(all), after.objects.dictionary(kept)]
    missing.push(...Object.keys(entries).filter((name) => left[name] === undefined))
    if (Object.entries(left).some(([name, value]) => !compare(entries[name], value))) return false
  }
  const contents = (of: PageOf) => of.objects.dictionary(of.page)['/Contents']
  if (!compare(contents(before), contents(after))) return false
  if (
    !compare(before.objects.dictionary(before.page)['/Group'], after.objects.dictionary(after.page)['/Group'])
  )
    return false
  return (await isSameData(slices)) && !(await mayName(before, missing))
}

/** What is drawn by rules of the whole document: notes, fields, layers. */
function hasMore({ objects, page }: PageOf): boolean {
  const { '/Properties': properties } = resourcesOf({ objects, page })
  return (
    objects.array(objects.dictionary(page)['/Annots']).length > 0 ||
    Object.keys(objects.dictionary(properties)).length > 0
  )
}

const resourcesOf = ({ objects, page }: PageOf) => objects.dictionary(inherited(objects, page, '/Resources'))

async function isSameData(slices: readonly SlicePair[]): Promise<boolean> {
  if (slices.some(([one, other]) => one.length !== other.length)) return false
  if (slices.reduce((sum, [{ length }]) => sum + length, 0) > mostBytes) return false
  for (const pair of slices) {
    const [one, other] = await Promise.all(pair.map(bytesOf))
    if (!one || !other || !one.equals(other)) return false
  }
  return true
}

/** Whether contents may name any of some resources: names may be written in many ways, and forms may use those of the page. */
async function mayName({ objects, page }: PageOf, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return false
  const { '/XObject': forms, '/Font': fonts } = resourcesOf({ objects, page })
  const owners = [forms, fonts].flatMap((each) => Object.values(objects.dictionary(each)))
  if (owners.some((owner) => usesThoseOfPage(objects.dictionary(owner)))) return true
  for (const stream of contentStreams(page, objects)) {
    const bytes = await contentOf(stream, objects)
    if (!bytes || bytes.includes('#') || names.some((name) => bytes.includes(name, 0, 'latin1'))) return true
  }
  return false
}

const usesThoseOfPage = ({ '/Subtype': kind, '/Resources': own }: Dictionary) =>
  (kind === '/Form' || kind === '/Type3') && own === undefined

const sliceOf = (reference: unknown, objects: PdfObjects): FileSlice | undefined => {
  const object = isReference(reference) ? objects.all.get(reference) : undefined
  return object && 'file' in object ? object.file : undefined
}

async function contentOf(reference: unknown, objects: PdfObjects): Promise<Buffer | undefined> {
  const slice = sliceOf(reference, objects)
  if (!slice) return undefined
  const raw = await bytesOf(slice)
  const decoded = () => orAsItIs(() => decode(raw, objects.dictionary(reference), objects, mostBytes))
  const bytes = await unlessUnreadable(decoded)
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
