import type { Dictionary } from '../objects/pdf-objects.ts'
import { grown } from './number-index.ts'
import { predictInTurns } from '../streams/predictor.ts'
import { openTurns } from '../turns.ts'
import { type Output, writeStream } from './output.ts'

/** Where objects stand, by their numbers: the columns of a cross-reference stream. */
export class Places {
  private kinds = new Float64Array(1024)
  private seconds = new Float64Array(1024)
  private thirds = new Float64Array(1024)

  /** At an offset of the file. */
  put(number: number, offset: number): void {
    this.row(number, 1, offset, 0)
  }

  /** As one of those in an object stream. */
  putPacked(number: number, stream: number, index: number): void {
    this.row(number, 2, stream, index)
  }

  columns(): Float64Array[] {
    return [this.kinds, this.seconds, this.thirds]
  }

  private row(number: number, kind: number, second: number, third: number): void {
    if (number >= this.kinds.length) {
      this.kinds = grown(this.kinds, Float64Array, number + 1)
      this.seconds = grown(this.seconds, Float64Array, number + 1)
      this.thirds = grown(this.thirds, Float64Array, number + 1)
    }
    this.kinds[number] = kind
    this.seconds[number] = second
    this.thirds[number] = third
  }
}

/** Writes the cross-reference stream that a document ends with (ISO 32000-1, 7.5.8), as the object of a number; its dictionary is the trailer. */
export async function crossReference(
  output: Output,
  number: number,
  places: Places,
  trailerWith: (more: Dictionary) => string,
  pack: (data: Buffer) => Promise<Uint8Array>,
): Promise<void> {
  const [offset, pause] = [output.size(), openTurns()]
  places.put(number, offset)
  const rows = places.columns()
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

/** Bytes that the largest number of a column takes. */
function widthOf(column: Float64Array): number {
  const most = column.reduce((most, each) => Math.max(most, each), 0)
  return Math.max(1, Math.ceil(Math.log2(most + 1) / 8))
}
