import type { Dictionary } from '../pdf-objects.ts'
import { predict } from '../streams/predictor.ts'
import { type Output, writeStream } from './output.ts'

/** Where an object stands: at an offset of the file, or as one of those in an object stream. */
export type Place = { offset: number } | { stream: number; index: number }

/** Writes the cross-reference stream that a document ends with (ISO 32000-1, 7.5.8), as the object of a number; its dictionary is the trailer. */
export async function crossReference(
  output: Output,
  number: number,
  places: ReadonlyMap<number, Place>,
  trailerWith: (more: Dictionary) => string,
  pack: (data: Buffer) => Promise<Uint8Array>,
): Promise<void> {
  const offset = output.size()
  const rows = rowsOf([...places, [number, { offset }]])
  const widths = [0, 1, 2].map((column) => widthOf(rows, column))
  const columns = widths.reduce((sum, each) => sum + each, 0)
  const bytes = Buffer.alloc((number + 1) * columns)
  for (const [each, row] of rows.entries()) {
    let at = each * columns
    for (const [column, width] of widths.entries()) at = bytes.writeUIntBE(row[column] ?? 0, at, width)
  }
  // Rows are much like those above them.
  const data = await pack(predict(bytes, { predictor: 12, colors: 1, bits: 8, columns }))
  const dictionary = {
    '/Type': '/XRef',
    '/Size': number + 1,
    '/W': widths,
    '/Filter': '/FlateDecode',
    '/DecodeParms': { '/Columns': columns, '/Predictor': 12 },
    '/Length': data.length,
  }
  await writeStream(output, number, trailerWith(dictionary), data)
  await output.append(Buffer.from(`startxref\n${offset}\n%%EOF\n`))
}

/** By the number of the object: the kind of its place, the place, and the index in an object stream. */
function rowsOf(places: readonly (readonly [number, Place])[]): number[][] {
  const rows: number[][] = [[0, 0, 0]]
  for (const [number, place] of places)
    rows[number] = 'stream' in place ? [2, place.stream, place.index] : [1, place.offset, 0]
  return rows
}

/** Bytes that the largest number of a column takes. */
function widthOf(rows: readonly number[][], column: number): number {
  const most = rows.reduce((most, row) => Math.max(most, row[column] ?? 0), 0)
  return Math.max(1, Math.ceil(Math.log2(most + 1) / 8))
}
