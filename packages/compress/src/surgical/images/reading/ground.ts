import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Pixels darker than the mean of what is around by so much are no part of the ground. */
const mostDarker = 8

/** The least part of what is around that is ground where marks stand on it: beside shades and in pictures there is less. */
const leastPart = 0.6

type Grid = { columns: number; rows: number; side: number }
type Cells = Grid & { sums: Float64Array; counts: Float64Array }

/**
 * What the marks of a plane stand on: the mean of what is not darker than all that is around, in cells and those beside them.
 * @param side of a cell, pixels
 * @param leastLight what is darker is no ground
 * @returns the ground of each pixel of a row, 0 where there is too little of it; the same array for each
 */
export function groundOf(plane: Plane, side: number, leastLight: number): (y: number) => Float32Array {
  const { width, height } = plane
  const grid = { columns: Math.ceil(width / side), rows: Math.ceil(height / side), side }
  const all = around(cellsOf(plane, grid, () => 0))
  const light = around(cellsOf(plane, grid, (cell) => Math.max(leastLight, meanOf(all, cell) - mostDarker)))
  const grounds = light.counts.map((count, cell) =>
    count < (all.counts[cell] ?? 0) * leastPart ? 0 : meanOf(light, cell),
  )
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

const meanOf = ({ sums, counts }: Cells, cell: number) => (sums[cell] ?? 0) / Math.max(1, counts[cell] ?? 0)

/** The sums of each cell and those beside it. */
function around(cells: Cells): Cells {
  const { columns, rows } = cells
  const [sums, counts] = [new Float64Array(columns * rows), new Float64Array(columns * rows)]
  for (let cell = 0; cell < sums.length; cell++) {
    const [row, column] = [Math.floor(cell / columns), cell % columns]
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        sums[cell] = (sums[cell] ?? 0) + (cells.sums[y * columns + x] ?? 0)
        counts[cell] = (counts[cell] ?? 0) + (cells.counts[y * columns + x] ?? 0)
      }
    }
  }
  return { ...cells, sums, counts }
}
