import type { Dictionary } from '../objects/pdf-objects.ts'
import { predictInTurns } from '../streams/predictor.ts'
import { openTurns, type Pause } from '../turns.ts'
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
  const [offset, pause] = [output.size(), openTurns()]
  const rows = await columnsOf(number, offset, places, pause)
  const widths = rows.map(widthOf)
  const columns = widths.reduce((sum, each) => sum + each, 0)
  const bytes = Buffer.alloc((number + 1) * columns)
  for (let each = 0; each <= number; each++) {
    let at = each * columns
    for (const [column, width] of widths.entries())
      at = bytes.writeUIntBE(rows[column]?.[each] ?? 0, at, width)
    await pause()
  }
  // Rows are much like those above them.
  const data = await pack(await predictInTurns(bytes, { predictor: 12, colors: 1, bits: 8, columns }, pause))
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
async function columnsOf(
  last: number,
  offset: number,
  places: ReadonlyMap<number, Place>,
  pause: Pause,
): Promise<Float64Array[]> {
  const [kinds, seconds, thirds] = [
    new Float64Array(last + 1),
    new Float64Array(last + 1),
    new Float64Array(last + 1),
  ]
  for (const [number, place] of places) {
    const isPacked = 'stream' in place
    kinds[number] = isPacked ? 2 : 1
    seconds[number] = isPacked ? place.stream : place.offset
    thirds[number] = isPacked ? place.index : 0
    await pause()
  }
  ;[kinds[last], seconds[last]] = [1, offset]
  return [kinds, seconds, thirds]
}

/** Bytes that the largest number of a column takes. */
function widthOf(column: Float64Array): number {
  const most = column.reduce((most, each) => Math.max(most, each), 0)
  return Math.max(1, Math.ceil(Math.log2(most + 1) / 8))
}
