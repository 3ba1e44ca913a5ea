/** Tiles that rows of samples are put together to. */
export type TileSums = {
  add: (row: Uint8Array) => void
  /** The mean and the variance of each channel in each tile, once all rows are added. */
  moments: () => readonly number[]
}

/** The rows of a page; of `rowStep` of them one is added. */
export type TileRows = { width: number; channels: 1 | 2 | 3; ppi: number; rowStep: number }

/** A tile is .22 inches wide: a word of body text. */
export const tileInches = 0.22
/** Less deviation than this is no drawing; of more, half must be left. */
const leastDeviation = 12
const leastPart = 0.5

export function openTiles({ width, channels, ppi, rowStep }: TileRows): TileSums {
  const side = Math.max(8, Math.round(ppi * tileInches))
  const columns = Math.ceil(width / side)
  const mostRows = Math.ceil(side / rowStep)
  const [sums, squares] = [new Float64Array(columns * channels), new Float64Array(columns * channels)]
  const found: number[] = []
  let rows = 0
  const close = () => {
    for (let each = 0; each < sums.length; each++) {
      const count = rows * Math.min(side, width - Math.floor(each / channels) * side)
      const mean = (sums[each] ?? 0) / count
      found.push(mean, (squares[each] ?? 0) / count - mean * mean)
    }
    sums.fill(0)
    squares.fill(0)
    rows = 0
  }
  return {
    add: (row) => {
      for (let each = 0; each < sums.length; each++) {
        const column = Math.floor(each / channels)
        const end = Math.min(width, (column + 1) * side) * channels
        let [sum, square] = [0, 0]
        for (let at = column * side * channels + (each % channels); at < end; at += channels) {
          const value = row[at] ?? 0
          sum += value
          square += value * value
        }
        sums[each] = (sums[each] ?? 0) + sum
        squares[each] = (squares[each] ?? 0) + square
      }
      if (++rows === mostRows) close()
    },
    moments: () => {
      if (rows > 0) close()
      return found
    },
  }
}

/**
 * Counts the tiles, channel by channel, that have changed their colour or lost the contrast within.
 * @param grain deviation of the noise, which may go
 * @param mostColour by how much the mean of a channel may change, in levels of 255
 */
export function lostTiles(
  before: readonly number[],
  after: readonly number[],
  grain: number,
  mostColour: number,
): number {
  let lost = 0
  for (let at = 0; at < before.length; at += 2) {
    const [mean = 0, variance = 0, meanAfter = 0, left = 0] = [
      before[at],
      before[at + 1],
      after[at],
      after[at + 1],
    ]
    const drawn = variance - 2 * grain * grain
    const isFlat = drawn > leastDeviation ** 2 && left < drawn * leastPart ** 2
    if (isFlat || Math.abs(mean - meanAfter) > mostColour) lost++
  }
  return lost
}
