import { readFile, stat, writeFile } from 'node:fs/promises'
import type { EngineContext } from '@pdf-smaller/engines'
import type { Packing } from '../levels.ts'
import { pack } from '../surgical/flate.ts'
import { predict } from '@pdf-smaller/pdf'
import { mergedStreams, type ObjectStream, streamNumbers } from './object-streams.ts'
import { type Entry, readWritten, type WrittenFile } from './written-file.ts'

/** Of larger files, objects are only a small part. */
const mostBytes = 128 * 1024 * 1024

/**
 * Packs the objects of a file that qpdf has written: qpdf puts a hundred in each object stream, where they have less in
 * common than in one. Whatever has another form stays as it is.
 */
export async function packObjects(path: string, packing: Packing, { core }: EngineContext): Promise<void> {
  if ((await stat(path)).size > mostBytes) return
  await core(async () => {
    const file = await readWritten(await readFile(path))
    const merged = file && (await mergedStreams(file))
    if (!merged) return
    const packed = await rewritten(file, merged, packing)
    if (packed.length < file.bytes.length) await writeFile(path, packed)
  })
}

/** The file with other object streams in the place of its own, and all places told anew. */
async function rewritten(
  file: WrittenFile,
  streams: readonly ObjectStream[],
  packing: Packing,
): Promise<Buffer> {
  const entries = file.entries.map((entry) => ({ ...entry }))
  const old = new Set(streamNumbers(file.entries))
  const merged = new Map(streams.map((stream) => [stream.number, stream]))
  const parts: Uint8Array[] = []
  let length = 0
  const put = (part: Uint8Array) => {
    parts.push(part)
    length += part.length
  }
  const objects = placesOf(file)
  put(file.bytes.subarray(0, objects[0]?.from ?? file.at))
  for (const { number, from, to } of objects) {
    const stream = merged.get(number)
    entries[number] = old.has(number) && !stream ? free : { type: 1, first: length, second: 0 }
    if (stream) put(await objectStream(stream, packing))
    else if (!old.has(number)) put(file.bytes.subarray(from, to))
  }
  for (const { number, members } of streams)
    for (const [index, member] of members.entries())
      entries[member] = { type: 2, first: number, second: index }
  const start = length
  const own = file.entries.findIndex(({ type, first }) => type === 1 && first === file.at)
  entries[own] = { type: 1, first: start, second: 0 }
  put(await crossReferences(file.head, entries, packing))
  put(Buffer.from(`startxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}

const free: Entry = { type: 0, first: 0, second: 0 }

/** The objects that stand by themselves before the cross-reference stream, in the order of their places. */
function placesOf({ entries, at }: WrittenFile): { number: number; from: number; to: number }[] {
  const placed = [...entries.entries()]
    .filter(([, { type, first }]) => type === 1 && first < at)
    .sort(([, a], [, b]) => a.first - b.first)
  return placed.map(([number, { first }], index) => ({
    number,
    from: first,
    to: placed[index + 1]?.[1].first ?? at,
  }))
}

async function objectStream(
  { number, members, bytes, first }: ObjectStream,
  packing: Packing,
): Promise<Buffer> {
  const data = await pack(bytes, packing)
  return written(
    `${number} 0 obj\n<< /Type /ObjStm /Length ${data.length} /Filter /FlateDecode /N ${members.length} /First ${first} >>\nstream\n`,
    data,
  )
}

const written = (head: string, data: Uint8Array) =>
  Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream\nendobj\n')])

async function crossReferences(head: string, entries: readonly Entry[], packing: Packing): Promise<Buffer> {
  const widths = [1, widthOf(entries, 'first'), widthOf(entries, 'second')] as const
  const columns = widths[0] + widths[1] + widths[2]
  const rows = Buffer.alloc(entries.length * columns)
  for (const [index, { type, first, second }] of entries.entries()) {
    let at = rows.writeUIntBE(type, index * columns, widths[0])
    at = rows.writeUIntBE(first, at, widths[1])
    rows.writeUIntBE(second, at, widths[2])
  }
  const data = await pack(predict(rows, { predictor: 12, colors: 1, bits: 8, columns }), packing)
  const own = head
    .replace(/\/Length \d+/, `/Length ${data.length}`)
    .replace(/\/Columns \d+/, `/Columns ${columns}`)
    .replace(/\/W \[[^\]]*\]/, `/W [ ${widths.join(' ')} ]`)
  return written(own, data)
}

function widthOf(entries: readonly Entry[], key: 'first' | 'second'): number {
  const most = entries.reduce((most, entry) => Math.max(most, entry[key]), 0)
  return Math.max(1, Math.ceil(Math.log2(most + 1) / 8))
}
