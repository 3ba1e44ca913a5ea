import { rm } from 'node:fs/promises'
import { type EngineContext, encryptAs } from '@pdf-smaller/engines'
import { serialiseInTurns } from '../objects/serialise.ts'
import type { Dictionary, FileSlice, PdfObject } from '../objects/pdf-objects.ts'
import { openTurns } from '../turns.ts'
import { copiedInTurns } from './copied-text.ts'
import { type FileBytes, openFileBytes } from './file-bytes.ts'
import type { ReadDocument } from './read-document.ts'
import { type ObjectPacking, writeObjects, type WrittenObject } from './write-objects.ts'
import { textIn } from './texts.ts'
import { numberedAnew } from './write-order.ts'

/** A document as it was read, and as it is to be now. */
export type ChangedDocument = {
  read: ReadDocument
  /** The file that it was read from. */
  source: string
  all: Map<string, PdfObject>
  trailer: Dictionary
}

/**
 * Writes what the trailer of a document leads to. Objects that did not change keep their bytes, references apart.
 * @param protectedAs the file whose encryption and permissions the copy gets
 */
export async function writeCopy(
  output: string,
  { read, source, all, trailer }: ChangedDocument,
  context: EngineContext,
  { packing, protectedAs }: { packing?: ObjectPacking | undefined; protectedAs?: string | undefined } = {},
): Promise<void> {
  const pause = openTurns(context.signal)
  const numbers = await numberedAnew({ all, trailer }, pause)
  const renamed = (reference: string) => {
    const number = numbers.get(reference)
    return number === undefined ? undefined : `${number} 0 R`
  }
  const plain = protectedAs === undefined ? output : `${output}.plain`
  const file = openFileBytes(source)
  const document = {
    objects: written(),
    count: numbers.size,
    trailer,
    renamed,
    version: versionFor(read.version),
    id: firstId(trailer),
  }
  await context.core(() => writeObjects(plain, document, packing))
  if (protectedAs === undefined) return
  await encryptAs(protectedAs, plain, output, context)
  await rm(plain)

  async function* written(): AsyncGenerator<WrittenObject> {
    for (const [reference, number] of numbers) {
      const object = all.get(reference)
      if (!object) continue
      const text = read.objects.get(reference) === object ? keptText(file, read, reference) : undefined
      yield 'value' in object
        ? { number, text: (await copied(text)) ?? (await serialiseInTurns(object.value, renamed, pause)) }
        : { number, text: await dictionaryText(object, text), data: object.file }
      await pause()
    }
  }

  function copied(text: Buffer | undefined, length?: number): Promise<string | undefined> | undefined {
    return text && copiedInTurns(text, renamed, length, pause)
  }

  async function dictionaryText(
    { dictionary, file }: { dictionary: Dictionary; file: FileSlice },
    text: Buffer | undefined,
  ): Promise<string> {
    const { length } = file
    return (
      (await copied(text, length)) ??
      (await serialiseInTurns({ ...dictionary, '/Length': length }, renamed, pause))
    )
  }
}

function keptText(file: FileBytes, { texts }: ReadDocument, reference: string): Buffer | undefined {
  const place = texts.get(reference)
  return place && textIn(place, file)
}

/** Object streams came with PDF 1.5. */
const versionFor = (version: string) => (Number(version) < 1.5 ? '1.5' : version)

/** What a document is known by stays, however often it is changed (ISO 32000-1, 14.4). */
function firstId({ '/ID': id }: Dictionary): string | undefined {
  const [first] = Array.isArray(id) ? id : []
  return typeof first === 'string' && /^b:[\da-f]+$/.test(first) ? first.slice(2) : undefined
}
