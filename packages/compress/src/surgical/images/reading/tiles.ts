import type { Box } from './marks.ts'

/** Tiles that rows of samples are put together to. */
export type TileSums = {
  add: (row: Uint8Array) => void
  /** The mean and the variance of each channel in each tile, one tile after the other, once all rows are added. */
  moments: () => readonly number[]
  /** Where a tile is, by its number. */
  boxOf: (tile: number) => Box
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
    boxOf: (tile) => {
      const [row, column] = [Math.floor(tile / columns), tile % columns]
      const tall = mostRows * rowStep
      const right = Math.min(width, (column + 1) * side)
      return { left: column * side, top: row * tall, right, bottom: (row + 1) * tall }
    },
  }
}

/**
 * Finds the tiles that have changed their colour in a channel, or lost the contrast within.
 * @param grain deviation of the noise, which may go
 * @param mostColour by how much the mean of a channel may change, in levels of 255
 */
export function lostTiles(
  before: readonly number[],
  after: readonly number[],
  { channels, grain, mostColour }: { channels: number; grain: number; mostColour: number },
): number[] {
  const lost = new Set<number>()
  for (let at = 0; at < before.length; at += 2) {
    const drawn = (before[at + 1] ?? 0) - 2 * grain * grain
    const isFlat = drawn > leastDeviation ** 2 && (after[at + 1] ?? 0) < drawn * leastPart ** 2
    const moved = Math.abs((before[at] ?? 0) - (after[at] ?? 0))
    if (isFlat || moved > mostColour) lost.add(Math.floor(at / 2 / channels))
  }
  return [...lost]
}
