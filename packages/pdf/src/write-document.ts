import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { deflate, deflateSync } from 'node:zlib'
import type { NewObject } from './new-document.ts'
import { serialise } from './serialise.ts'
import type { Dictionary } from './pdf-objects.ts'

const packAside = promisify(deflate)
/** For so few bytes another thread takes longer to hear of them than it takes to pack them. */
const fewBytes = 32 * 1024
const pack = async (data: Buffer) => (data.length < fewBytes ? deflateSync(data) : packAside(data))

/** Objects in one object stream; a reader has to unpack all of them to get at one. */
const objectsInStream = 200
/** Bytes that are gathered before they are written. */
const writtenAtOnce = 256 * 1024

/** Where an object stands: at an offset of the file, or as one of those in an object stream. */
type Place = { offset: number } | { stream: number; index: number }

/** The objects of a document by their number, the first is 1; those without streams are packed together. */
export type DocumentContent = {
  objects: readonly NewObject[]
  /** The entries of the trailer: Root and Info. */
  trailer: Dictionary
}

/**
 * Writes a document as ISO 32000-1 lays it out, with object streams and a cross-reference stream (7.5.7, 7.5.8).
 * Streams go from their files into the document one after the other, as they are.
 * @returns the size of the file, bytes
 */
export async function writeDocument(output: string, { objects, trailer }: DocumentContent): Promise<number> {
  const file = await openOutput(output)
  try {
    await file.append(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'))
    const places = new Map<number, Place>()
    const packed: { number: number; text: string }[] = []
    for (const [index, object] of objects.entries()) {
      const number = index + 1
      if ('value' in object) {
        packed.push({ number, text: serialise(object.value) })
        continue
      }
      places.set(number, { offset: file.size() })
      const data = 'data' in object ? object.data : await bytesOf(object.file)
      await file.append(...stream(number, object.dictionary, data))
    }
    let last = objects.length
    for (let from = 0; from < packed.length; from += objectsInStream) {
      const part = packed.slice(from, from + objectsInStream)
      const number = ++last
      for (const [index, each] of part.entries()) places.set(each.number, { stream: number, index })
      places.set(number, { offset: file.size() })
      await file.append(...(await objectStream(number, part)))
    }
    await file.append(...(await crossReference(last + 1, file, places, trailer)))
    return await file.end()
  } finally {
    await file.close()
  }
}

const bytesOf = async (file: string | undefined) => (file ? await readFile(file) : Buffer.alloc(0))

function stream(number: number, dictionary: Dictionary, data: Uint8Array): Uint8Array[] {
  const head = serialise({ ...dictionary, '/Length': data.length })
  return [Buffer.from(`${number} 0 obj\n${head}\nstream\n`), data, Buffer.from('\nendstream\nendobj\n')]
}

async function objectStream(
  number: number,
  part: readonly { number: number; text: string }[],
): Promise<Uint8Array[]> {
  const offsets: string[] = []
  const bodies: Buffer[] = []
  let offset = 0
  for (const { number, text } of part) {
    const body = Buffer.from(`${text}\n`, 'latin1')
    offsets.push(`${number} ${offset}`)
    bodies.push(body)
    offset += body.length
  }
  const index = Buffer.from(`${offsets.join(' ')}\n`)
  const dictionary = { '/Type': '/ObjStm', '/N': part.length, '/First': index.length }
  const data = await pack(Buffer.concat([index, ...bodies]))
  return stream(number, { ...dictionary, '/Filter': '/FlateDecode' }, data)
}

/** Bytes of a row: the kind of the place, the place, and the index in an object stream. */
const widths = [1, 5, 2] as const
const rowBytes = 8

async function crossReference(
  number: number,
  file: Output,
  places: ReadonlyMap<number, Place>,
  trailer: Dictionary,
): Promise<Uint8Array[]> {
  const offset = file.size()
  const rows = Buffer.alloc((number + 1) * rowBytes)
  rows.writeUInt16BE(65_535, rowBytes - 2)
  for (const [each, place] of [...places, [number, { offset }] as const]) {
    const row = each * rowBytes
    const inStream = 'stream' in place
    rows.writeUInt8(inStream ? 2 : 1, row)
    rows.writeUIntBE(inStream ? place.stream : place.offset, row + 1, widths[1])
    rows.writeUInt16BE(inStream ? place.index : 0, row + 6)
  }
  const id = `b:${file.digest()}`
  const dictionary = {
    ...trailer,
    '/Type': '/XRef',
    '/Size': number + 1,
    '/W': widths,
    '/ID': [id, id],
    '/Filter': '/FlateDecode',
  }
  return [...stream(number, dictionary, await pack(rows)), Buffer.from(`startxref\n${offset}\n%%EOF\n`)]
}

type Output = {
  /** Bytes so far. */
  size: () => number
  append: (...parts: readonly Uint8Array[]) => Promise<void>
  /** The first 16 bytes of the SHA-256 of what is there so far, in hexadecimal. */
  digest: () => string
  end: () => Promise<number>
  close: () => Promise<void>
}

async function openOutput(path: string): Promise<Output> {
  const handle: FileHandle = await open(path, 'w')
  const hash = createHash('sha256')
  let [size, waiting, waitingBytes]: [number, Uint8Array[], number] = [0, [], 0]
  const flush = async () => {
    const bytes = Buffer.concat(waiting)
    ;[waiting, waitingBytes] = [[], 0]
    await handle.appendFile(bytes)
  }
  return {
    size: () => size,
    append: async (...parts) => {
      for (const part of parts) {
        hash.update(part)
        size += part.length
        waitingBytes += part.length
        waiting.push(part)
      }
      if (waitingBytes > writtenAtOnce) await flush()
    },
    digest: () => hash.copy().digest('hex').slice(0, 32),
    end: async () => {
      await flush()
      return size
    },
    close: () => handle.close(),
  }
}
