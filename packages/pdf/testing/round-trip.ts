import { copiedText } from '../src/file/copied-text.ts'
import { type FileBytes, openFileBytes } from '../src/file/file-bytes.ts'
import type { OpenedDocument } from '../src/file/open-document.ts'
import { textIn } from '../src/file/texts.ts'
import { numberedAnew } from '../src/file/write-order.ts'
import { parseValue } from '../src/objects/parse.ts'
import { sameText, serialise } from '../src/objects/serialise.ts'
import { type PdfObject, without } from '../src/objects/pdf-objects.ts'
import { openTurns } from '../src/turns.ts'
import { bytesOf } from '../src/file/working-copy.ts'

type Side = Pick<OpenedDocument, 'read' | 'source'>

/** What a copy of a document has instead of it. */
export type Difference = { reference: string; before: string; after: string }

/**
 * Compares each object that the trailer of a document leads to with that of a copy in which nothing was changed: its
 * tokens, references apart, and the bytes of its stream.
 * @returns how many were compared, and those that are not the same
 */
export async function differencesOf(
  before: Side,
  after: Side,
): Promise<{ objects: number; differences: Difference[] }> {
  const { objects: all, trailer } = before.read
  const numbers = await numberedAnew({ all, trailer }, openTurns())
  const [old, own] = [openFileBytes(before.source), openFileBytes(after.source)]
  const places = await matched(numbers, after)
  const differences: Difference[] = []
  const renamed = (each: string) => places.get(each)
  for (const [reference] of numbers) {
    const place = places.get(reference) ?? 'nowhere'
    const [was, is] = [all.get(reference), after.read.objects.get(place)]
    const told = tokensOf(old, before, reference, renamed)
    const [one, other] =
      told === undefined
        ? [valueOf(was, renamed), valueOf(is, (each) => each)]
        : [told, tokensOf(own, after, place, (each) => each)]
    if (one !== other || !(await haveSameData(was, is)))
      differences.push({ reference, before: one ?? '', after: other ?? '' })
  }
  return { objects: numbers.size, differences }
}

/** The reference in the copy for each of the original: it numbers objects in the order in which they are come by. */
async function matched(numbers: ReadonlyMap<string, number>, { read }: Side): Promise<Map<string, string>> {
  const { objects: all, trailer } = read
  const own = [...(await numberedAnew({ all, trailer }, openTurns())).keys()]
  return new Map([...numbers].map(([reference, number]) => [reference, own[number - 1] ?? 'nowhere']))
}

/** The tokens of an object, with the length of a stream as it is; undefined of one that does not tell its own once. */
function tokensOf(
  file: FileBytes,
  { read }: Side,
  reference: string,
  renamed: (reference: string) => string | undefined,
): string | undefined {
  const [place, object] = [read.texts.get(reference), read.objects.get(reference)]
  if (!place || !object) return undefined
  const text = textIn(place, file)
  const isSound = (each: string) => (read.objects.has(each) ? renamed(each) : undefined)
  if ('value' in object) return copiedText(text, isSound)
  return copiedText(text, isSound, object.file.length)
}

/** A text that is the same for the same value, the length of a stream apart. */
function valueOf(
  object: PdfObject | undefined,
  renamed: (reference: string) => string | undefined,
): string | undefined {
  if (!object) return undefined
  const value = 'value' in object ? object.value : without(object.dictionary, '/Length')
  const text = Buffer.from(serialise(value, renamed), 'latin1')
  return sameText(parseValue(text, 0, { reference: () => {}, count: () => {} })?.value)
}

async function haveSameData(one: PdfObject | undefined, other: PdfObject | undefined): Promise<boolean> {
  if (!one || !other) return false
  if ('value' in one || 'value' in other) return 'value' in one && 'value' in other
  return (await bytesOf(one.file)).equals(await bytesOf(other.file))
}
