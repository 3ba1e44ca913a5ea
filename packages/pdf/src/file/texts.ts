import type { FileBytes } from './file-bytes.ts'
import { grown, type NumberIndex } from './number-index.ts'

/** Where the text of an object stands: in the file, or in bytes that were unpacked. */
export type TextPlace = { at: number; length: number; bytes?: Buffer }

/** The bytes of a text that stands in a file, or in bytes that were unpacked from it. */
export const textIn = ({ at, length, bytes }: TextPlace, file: FileBytes): Buffer =>
  bytes ? bytes.subarray(at, at + length) : file.slice(at, length)

/** The places of the texts of objects, by their references. */
export type Texts = { get: (reference: string) => TextPlace | undefined }

/** Places of texts in columns, in the order in which objects were read. */
export class TextColumns implements Texts {
  private readonly positions: NumberIndex
  private ats = new Float64Array(64)
  private lengths = new Float64Array(64)
  private readonly unpacked: (Buffer | undefined)[] = []

  /** @param positions tells the position of an object by its number */
  constructor(positions: NumberIndex) {
    this.positions = positions
  }

  set(position: number, { at, length, bytes }: TextPlace): void {
    if (position >= this.ats.length) {
      this.ats = grown(this.ats, Float64Array, position + 1)
      this.lengths = grown(this.lengths, Float64Array, position + 1)
    }
    this.ats[position] = at
    this.lengths[position] = length
    if (!bytes) return
    while (this.unpacked.length <= position) this.unpacked.push(undefined)
    this.unpacked[position] = bytes
  }

  get(reference: string): TextPlace | undefined {
    const position = this.positions.get(Number.parseInt(reference, 10))
    if (position === undefined) return undefined
    const [at, length, bytes] = [this.ats[position], this.lengths[position], this.unpacked[position]]
    return { at: at ?? 0, length: length ?? 0, ...(bytes ? { bytes } : {}) }
  }
}
