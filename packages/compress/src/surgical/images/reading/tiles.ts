/** Counts the tiles of a page that have changed their colour, or lost the contrast within. */
export type TileCounter = {
  /** Adds a row of samples, of the original and as drawn. */
  add: (before: Uint8Array, after: Uint8Array) => void
  /** The number of tiles that were lost, once all rows are added. */
  lost: () => number
}

/** A tile is .22 inches wide: a word of body text. */
export const tileInches = 0.22
/** Less deviation than this is no drawing; of more, half must be left. */
const leastDeviation = 12
const leastPart = 0.5

/**
 * @param grain deviation of the noise, which may go
 * @param mostColour by how much the mean of a channel may change, in levels of 255
 */
export function openTiles(
  { width, channels, ppi }: { width: number; channels: 1 | 2 | 3; ppi: number },
  grain: number,
  mostColour: number,
): TileCounter {
  const side = Math.max(8, Math.round(ppi * tileInches))
  const columns = Math.ceil(width / side)
  const sums = new Float64Array(columns * channels * 4)
  let [rows, lost] = [0, 0]
  const close = () => {
    for (let column = 0; column < columns; column++) {
      const count = rows * Math.min(side, width - column * side)
      const isLost = Array.from({ length: channels }, (_, channel) =>
        hasChanged(sums, (column * channels + channel) * 4, count, grain, mostColour),
      ).includes(true)
      if (isLost) lost++
    }
    sums.fill(0)
    rows = 0
  }
  return {
    add: (before, after) => {
      for (let column = 0; column < columns; column++) {
        const end = Math.min(width, (column + 1) * side) * channels
        for (let channel = 0; channel < channels; channel++) {
          let [a, aa, b, bb] = [0, 0, 0, 0]
          for (let at = column * side * channels + channel; at < end; at += channels) {
            const [old, now] = [before[at] ?? 0, after[at] ?? 0]
            a += old
            aa += old * old
            b += now
            bb += now * now
          }
          const sum = (column * channels + channel) * 4
          sums[sum] = (sums[sum] ?? 0) + a
          sums[sum + 1] = (sums[sum + 1] ?? 0) + aa
          sums[sum + 2] = (sums[sum + 2] ?? 0) + b
          sums[sum + 3] = (sums[sum + 3] ?? 0) + bb
        }
      }
      if (++rows === side) close()
    },
    lost: () => {
      if (rows > 0) close()
      return lost
    },
  }
}

function hasChanged(
  sums: Float64Array,
  at: number,
  count: number,
  grain: number,
  mostColour: number,
): boolean {
  const [before = 0, after = 0] = [sums[at], sums[at + 2]].map((sum) => (sum ?? 0) / count)
  if (Math.abs(before - after) > mostColour) return true
  const variance = (sums[at + 1] ?? 0) / count - before * before - 2 * grain * grain
  const left = (sums[at + 3] ?? 0) / count - after * after
  return variance > leastDeviation ** 2 && left < variance * leastPart ** 2
}
