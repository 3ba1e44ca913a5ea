/** Numbers of objects that readers have to take (ISO 32000-1, annex C); those above are rare. */
const mostNear = 2 ** 23

/** Small whole numbers, told by the numbers of objects: a few bytes for each, where a map takes fifty. */
export class NumberIndex {
  /** One more than what is told, 0 for nothing. */
  private near = new Int32Array(1024)
  private readonly far = new Map<number, number>()

  get(number: number): number | undefined {
    if (number >= mostNear) return this.far.get(number)
    const told = this.near[number] ?? 0
    return told === 0 ? undefined : told - 1
  }

  set(number: number, value: number): void {
    if (number >= mostNear) {
      this.far.set(number, value)
      return
    }
    if (number >= this.near.length) this.near = grown(this.near, Int32Array, number + 1)
    this.near[number] = value + 1
  }

  /** The numbers that something is told of, from the least to the greatest. */
  *numbers(): Generator<number> {
    for (let number = 0; number < this.near.length; number++) if (this.near[number] !== 0) yield number
    yield* [...this.far.keys()].sort((one, other) => one - other)
  }
}

type Column = { length: number; set: (other: ArrayLike<number>) => void }

/** A column of numbers with room for more, at least twice as many as before. */
export function grown<T extends Column & ArrayLike<number>>(
  column: T,
  Kind: new (length: number) => T,
  atLeast: number,
): T {
  const more = new Kind(Math.max(atLeast, column.length * 2))
  more.set(column)
  return more
}
