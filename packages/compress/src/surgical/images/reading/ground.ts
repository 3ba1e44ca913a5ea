import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Pixels darker than the mean of what is around by so much are no part of the ground. */
const mostDarker = 8

type Grid = { columns: number; rows: number; side: number }
type Cells = Grid & { sums: Float64Array; counts: Float64Array }

/**
 * What the marks of a plane stand on: the mean of what is not darker than all that is around, in cells and those beside them.
 * @param side of a cell, pixels
 * @returns the ground of each pixel of a row; the same array for each
 */
export function groundOf(plane: Plane, side: number): (y: number) => Float32Array {
  const { width, height } = plane
  const grid = { columns: Math.ceil(width / side), rows: Math.ceil(height / side), side }
  const means = meansOf(cellsOf(plane, grid, () => 0))
  const light = cellsOf(plane, grid, (cell) => (means[cell] ?? 0) - mostDarker)
  const grounds = meansOf(light, means)
  const row = new Float32Array(width)
  let known = -1
  return (y) => {
    const cells = Math.floor(y / side)
    if (cells !== known)
      for (let x = 0; x < width; x++) row[x] = grounds[cells * grid.columns + Math.floor(x / side)] ?? 0
    known = cells
    return row
  }
}

/** Sums of the pixels of each cell that are as light as that asks for. */
function cellsOf({ width, height, samples }: Plane, grid: Grid, leastIn: (cell: number) => number): Cells {
  const { columns, rows, side } = grid
  const [sums, counts] = [new Float64Array(columns * rows), new Float64Array(columns * rows)]
  for (let y = 0; y < height; y++) {
    for (let column = 0, cell = Math.floor(y / side) * columns; column < columns; column++, cell++) {
      const least = leastIn(cell)
      const end = y * width + Math.min(width, (column + 1) * side)
      let [sum, count] = [0, 0]
      for (let at = y * width + column * side; at < end; at++) {
        const value = samples[at] ?? 0
        if (value < least) continue
        sum += value
        count++
      }
      sums[cell] = (sums[cell] ?? 0) + sum
      counts[cell] = (counts[cell] ?? 0) + count
    }
  }
  return { ...grid, sums, counts }
}

/** The mean of each cell with those beside it; of what has nothing, as given. */
function meansOf({ columns, rows, sums, counts }: Cells, otherwise?: Float64Array): Float64Array {
  const means = new Float64Array(columns * rows)
  for (let cell = 0; cell < means.length; cell++) {
    const [row, column] = [Math.floor(cell / columns), cell % columns]
    let [sum, count] = [0, 0]
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        sum += sums[y * columns + x] ?? 0
        count += counts[y * columns + x] ?? 0
      }
    }
    means[cell] = count > 0 ? sum / count : (otherwise?.[cell] ?? 0)
  }
  return means
}
