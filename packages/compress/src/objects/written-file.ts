import { unpack } from '../surgical/flate.ts'
import { undoPredictor } from '@pdf-smaller/pdf'

/** An entry of a cross-reference stream (ISO 32000-1, 7.5.8.3): its type and two numbers. */
export type Entry = { type: number; first: number; second: number }

/** A file as qpdf writes it with object streams: objects one after the other, then their places. */
export type WrittenFile = {
  bytes: Buffer
  /** The entry of each object by its number. */
  entries: Entry[]
  /** Where the cross-reference stream starts, and the text of it from there to its data. */
  at: number
  head: string
}

/** A stream of a written file, by the text before its data. */
export type WrittenStream = { head: string; data: Buffer }

/** Reads the places of all objects; undefined where the file has another form, or is encrypted. */
export async function readWritten(bytes: Buffer): Promise<WrittenFile | undefined> {
  const [, place] = /startxref\n(\d+)\n%%EOF\n?$/.exec(bytes.subarray(-64).toString('latin1')) ?? []
  const stream = place === undefined ? undefined : streamAt(bytes, Number(place))
  if (!stream || stream.head.includes('/Encrypt') || stream.head.includes('/Index')) return undefined
  const widths = widthsOf(stream.head)
  const [, columns] = /\/DecodeParms << \/Columns (\d+) \/Predictor 12 >>/.exec(stream.head) ?? []
  if (!widths || columns === undefined) return undefined
  const prediction = { predictor: 12, colors: 1, bits: 8, columns: Number(columns) }
  const rows = undoPredictor(await unpack(stream.data), prediction)
  return rows && { bytes, entries: entriesOf(rows, widths), at: Number(place), head: stream.head }
}

/** The stream that starts at a place; undefined where none does. */
export function streamAt(bytes: Buffer, at: number): WrittenStream | undefined {
  const mark = bytes.indexOf('\nstream\n', at)
  if (mark < 0) return undefined
  const start = mark + '\nstream\n'.length
  const head = bytes.subarray(at, start).toString('latin1')
  const [, length] = /\/Length (\d+)/.exec(head) ?? []
  return length === undefined ? undefined : { head, data: bytes.subarray(start, start + Number(length)) }
}

type Widths = [type: number, first: number, second: number]

function widthsOf(head: string): Widths | undefined {
  const [, ...widths] = (/\/W \[ (\d) (\d) (\d) \]/.exec(head) ?? []).map(Number)
  const [type, first, second] = widths
  return type && first && second !== undefined ? [type, first, second] : undefined
}

function entriesOf(rows: Uint8Array, [type, first, second]: Widths): Entry[] {
  const row = type + first + second
  const numberAt = (at: number, width: number) =>
    rows.subarray(at, at + width).reduce((number, byte) => number * 256 + byte, 0)
  return Array.from({ length: Math.floor(rows.length / row) }, (_, index) => ({
    type: numberAt(index * row, type),
    first: numberAt(index * row + type, first),
    second: numberAt(index * row + type + first, second),
  }))
}
