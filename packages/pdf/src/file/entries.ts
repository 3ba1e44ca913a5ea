import { grown, NumberIndex } from './number-index.ts'

/** Where an object stands: at an offset of the file, or as one of those in an object stream; or nowhere any more. */
export type Entry =
  | { kind: 'free' }
  | { kind: 'at'; at: number; generation: number }
  | { kind: 'packed'; stream: number }

const kindNumbers = { free: 0, at: 1, packed: 2 } as const

/** Rows of cross-reference information in columns: a document has as many as objects. */
export class Rows implements Iterable<[number: number, entry: Entry]> {
  length = 0
  private numbers = new Float64Array(64)
  private kinds = new Uint8Array(64)
  private places = new Float64Array(64)
  private generations = new Uint32Array(64)

  add(number: number, entry: Entry): void {
    const row = this.length++
    if (row === this.numbers.length) this.grow()
    this.numbers[row] = number
    this.kinds[row] = kindNumbers[entry.kind]
    this.places[row] = entry.kind === 'at' ? entry.at : entry.kind === 'packed' ? entry.stream : 0
    this.generations[row] = entry.kind === 'at' ? entry.generation : 0
  }

  entry(row: number): Entry {
    const [place = 0, generation = 0] = [this.places[row], this.generations[row]]
    const kind = this.kinds[row]
    if (kind === kindNumbers.at) return { kind: 'at', at: place, generation }
    return kind === kindNumbers.packed ? { kind: 'packed', stream: place } : { kind: 'free' }
  }

  isIn(row: number, generation: number): boolean {
    return this.kinds[row] !== kindNumbers.free && this.generations[row] === generation
  }

  *[Symbol.iterator](): Generator<[number, Entry]> {
    for (let row = 0; row < this.length; row++) yield [this.numbers[row] ?? 0, this.entry(row)]
  }

  private grow(): void {
    const most = this.length * 2
    this.numbers = grown(this.numbers, Float64Array, most)
    this.kinds = grown(this.kinds, Uint8Array, most)
    this.places = grown(this.places, Float64Array, most)
    this.generations = grown(this.generations, Uint32Array, most)
  }
}

/** Where the objects of a document stand, by their numbers. */
export class Entries {
  private readonly rows = new Rows()
  private readonly index = new NumberIndex()

  has(number: number): boolean {
    return this.index.get(number) !== undefined
  }

  get(number: number): Entry | undefined {
    const row = this.index.get(number)
    return row === undefined ? undefined : this.rows.entry(row)
  }

  /** Whether an object of that number and generation stands anywhere. */
  isIn(number: number, generation: number): boolean {
    const row = this.index.get(number)
    return row !== undefined && this.rows.isIn(row, generation)
  }

  /** Takes the place of what was told of that number before. */
  set(number: number, entry: Entry): void {
    this.index.set(number, this.rows.length)
    this.rows.add(number, entry)
  }
}
