import { type Renamed, serialise } from '../objects/serialise.ts'
import type { Dictionary, FileSlice } from '../objects/pdf-objects.ts'
import { deflated } from '../streams/deflate.ts'
import { openOutput, writeStream } from './output.ts'
import { crossReference, Places } from './written-places.ts'

/** How objects without streams are packed together. */
export type ObjectPacking = {
  pack: (data: Buffer) => Promise<Uint8Array>
  /** Objects in one object stream; a reader has to unpack all of them to get at one. */
  objectsInStream: number
}

/** Objects of a few kilobytes to a stream: quick to read, and packed nearly as well as they can be. */
export const usualPacking: ObjectPacking = {
  pack: deflated,
  objectsInStream: 200,
}

/** The texts of objects in one object stream, bytes: Flate looks back no further than a part of them. */
const bytesInStream = 1024 * 1024

/** An object as it is to stand in a file, a character of its text for each byte; of a stream, that of its dictionary. */
export type WrittenObject = { number: number; text: string; data?: Uint8Array | FileSlice }

export type WrittenDocument = {
  /** Their numbers are those from 1 to `count`, in any order. */
  objects: Iterable<WrittenObject> | AsyncIterable<WrittenObject>
  count: number
  /** Root and Info and the like. */
  trailer: Dictionary
  /** How references in the trailer read in the file. */
  renamed?: Renamed
  /** Such as `1.7`. */
  version: string
  /** Bytes in hexadecimal that the document was known by before it was changed; undefined for one that is new. */
  id?: string | undefined
}

/**
 * Writes a document as ISO 32000-1 lays it out, with object streams and a cross-reference stream (7.5.7, 7.5.8). Streams
 * go from their files into the document one after the other, as they are, each followed by a line end of its own.
 * @returns the size of the file, bytes
 */
export async function writeObjects(
  path: string,
  { objects, count, trailer, renamed, version, id }: WrittenDocument,
  { pack, objectsInStream }: ObjectPacking = usualPacking,
): Promise<number> {
  const output = openOutput(path)
  const places = new Places()
  let last = count
  const group = { numbers: [] as number[], texts: [] as Buffer[], bytes: 0 }
  try {
    await output.append(Buffer.from(`%PDF-${version}\n%\u00e2\u00e3\u00cf\u00d3\n`, 'latin1'))
    for await (const { number, text, data } of objects) {
      if (data) {
        places.put(number, output.size())
        await writeStream(output, number, text, data)
        continue
      }
      const body = Buffer.from(`${text}\n`, 'latin1')
      if (group.numbers.length >= objectsInStream || group.bytes + body.length > bytesInStream)
        await writeGroup()
      group.numbers.push(number)
      group.texts.push(body)
      group.bytes += body.length
    }
    await writeGroup()
    const known = id ?? output.digest()
    const entries = { ...trailer, '/ID': [`b:${known}`, `b:${output.digest()}`] }
    await crossReference(
      output,
      last + 1,
      places,
      (more) => serialise({ ...entries, ...more }, renamed),
      pack,
    )
    return await output.end()
  } finally {
    await output.close()
  }

  async function writeGroup(): Promise<void> {
    if (group.numbers.length === 0) return
    const number = ++last
    places.put(number, output.size())
    for (const [index, each] of group.numbers.entries()) places.putPacked(each, number, index)
    const { head, data } = await objectStream(group, pack)
    await writeStream(output, number, head, data)
    Object.assign(group, { numbers: [], texts: [], bytes: 0 })
  }
}

async function objectStream(
  { numbers, texts }: { numbers: readonly number[]; texts: readonly Buffer[] },
  pack: ObjectPacking['pack'],
): Promise<{ head: string; data: Uint8Array }> {
  let offset = 0
  const offsets = numbers.map((number, index) => {
    const told = `${number} ${offset}`
    offset += texts[index]?.length ?? 0
    return told
  })
  const index = Buffer.from(`${offsets.join(' ')}\n`)
  const data = await pack(Buffer.concat([index, ...texts]))
  const dictionary = { '/Type': '/ObjStm', '/N': numbers.length, '/First': index.length }
  return { head: serialise({ ...dictionary, '/Filter': '/FlateDecode', '/Length': data.length }), data }
}
