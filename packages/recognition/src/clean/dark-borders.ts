import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Cells to the inch: rules and strokes of letters fill none, so that no border leads through them into the page. */
const cellsPerInch = 25
/** Darker than that share of white is the lid of a scanner, or nothing. */
const dark = 64
/** Around a border the light fades: so much is still of it. */
const fading = 160
/** How much of a cell is dark. */
const darkShare = 0.9
/** How far borders reach into the page, of its shorter side; what is dark and goes on is a picture. */
const deepest = 0.08

type Grid = { columns: number; rows: number; size: number }

/**
 * Makes the dark borders white that a scanner leaves around the paper.
 * @param picture as it was scanned
 * @param evened the same with an even ground, which is changed; white borders would make the ground beside them light
 */
export function whitenBorders(picture: Plane, evened: Plane, dpi: number): void {
  const size = Math.max(3, Math.round(dpi / cellsPerInch))
  const grid = { columns: Math.ceil(picture.width / size), rows: Math.ceil(picture.height / size), size }
  const border = borderCells(darkCells(picture, grid), grid)
  if (!border.includes(1)) return
  for (const [cell, state] of border.entries()) {
    const limit = state === 1 ? 256 : isBeside(border, cell, grid) ? fading : 0
    if (limit > 0) whiten(evened, cell, grid, limit)
  }
}

function darkCells({ samples, width, height }: Plane, { columns, rows, size }: Grid): Uint8Array {
  return Uint8Array.from({ length: columns * rows }, (_, cell) => {
    const [left, top] = [(cell % columns) * size, Math.floor(cell / columns) * size]
    const [right, bottom] = [Math.min(width, left + size), Math.min(height, top + size)]
    let count = 0
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) if ((samples[y * width + x] ?? 255) < dark) count++
    return count >= (right - left) * (bottom - top) * darkShare ? 1 : 0
  })
}

/** Cells of dark areas that lie at the edge of the picture and stay there. */
function borderCells(isDark: Uint8Array, { columns, rows }: Grid): Uint8Array {
  const depth = Math.max(1, Math.round(Math.min(columns, rows) * deepest))
  const border = new Uint8Array(isDark.length)
  const seen = new Uint8Array(isDark.length)
  const depthOf = (column: number, row: number) => Math.min(column, row, columns - 1 - column, rows - 1 - row)
  for (let start = 0; start < isDark.length; start++) {
    if (depthOf(start % columns, Math.floor(start / columns)) > 0 || !isDark[start] || seen[start]) continue
    const area = [start]
    seen[start] = 1
    let isPicture = false
    for (const cell of area) {
      const [column, row] = [cell % columns, Math.floor(cell / columns)]
      if (depthOf(column, row) > depth) isPicture = true
      const around = [
        column > 0 ? cell - 1 : -1,
        column < columns - 1 ? cell + 1 : -1,
        cell - columns,
        cell + columns,
      ]
      for (const next of around) {
        if (!isDark[next] || seen[next]) continue
        seen[next] = 1
        area.push(next)
      }
    }
    if (!isPicture) for (const cell of area) border[cell] = 1
  }
  return border
}

function isBeside(border: Uint8Array, cell: number, { columns }: Grid): boolean {
  const column = cell % columns
  return [-1, 0, 1].some((down) =>
    [-1, 0, 1].some(
      (across) =>
        column + across >= 0 && column + across < columns && border[cell + down * columns + across] === 1,
    ),
  )
}

/** Makes white what is darker than a shade. */
function whiten({ samples, width, height }: Plane, cell: number, { columns, size }: Grid, limit: number) {
  const [left, top] = [(cell % columns) * size, Math.floor(cell / columns) * size]
  const [right, bottom] = [Math.min(width, left + size), Math.min(height, top + size)]
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) if ((samples[y * width + x] ?? 0) < limit) samples[y * width + x] = 255
}
