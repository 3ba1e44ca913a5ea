import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Lighter is paper. */
const ink = 200
/** Pixels of a speck at 100 pixels per inch: that many are no dot of a letter, wherever they are; and no dot of any, alone. */
const [tinyAt100, smallAt100] = [0.25, 1.2]
/** Cells to the inch: what has nothing larger in its cell and those around it stands alone. */
const cellsPerInch = 20

const [unseen, large] = [1, 2] as const

/**
 * The pixels of specks: small spots of ink away from any print, and still smaller ones anywhere. The dots of letters and
 * points at the end of sentences stand beside larger marks, and stay.
 */
export function specksOf({ samples, width, height }: Plane, dpi: number): number[] {
  const [tiny, small] = [tinyAt100, smallAt100].map((size) =>
    Math.max(1, Math.round(size * (dpi / 100) ** 2)),
  )
  const cell = Math.max(3, Math.round(dpi / cellsPerInch))
  const columns = Math.ceil(width / cell)
  const cellOf = (at: number) =>
    Math.floor(Math.floor(at / width) / cell) * columns + Math.floor((at % width) / cell)
  const isPrinted = new Uint8Array(columns * Math.ceil(height / cell))
  const state = samples.map((shade) => (shade < ink ? unseen : 0))
  const specks: number[][] = []
  for (let start = 0; start < state.length; start++) {
    if (state[start] !== unseen) continue
    const spot = spotAt(state, start, width)
    if (spot.length <= (small ?? 1)) specks.push(spot)
    else for (const at of spot) isPrinted[cellOf(at)] = 1
  }
  return specks
    .filter((spot) => spot.length <= (tiny ?? 1) || !isNearPrint(isPrinted, cellOf(spot[0] ?? 0), columns))
    .flat()
}

/** The pixels of ink that hang together with one, corners included; they are marked. */
function spotAt(state: Uint8Array, start: number, width: number): number[] {
  const spot = [start]
  state[start] = large
  for (const at of spot) {
    const column = at % width
    for (let down = -width; down <= width; down += width)
      for (let across = column > 0 ? -1 : 0; across <= (column < width - 1 ? 1 : 0); across++) {
        const next = at + down + across
        if (state[next] !== unseen) continue
        state[next] = large
        spot.push(next)
      }
  }
  return spot
}

function isNearPrint(isPrinted: Uint8Array, cell: number, columns: number): boolean {
  const column = cell % columns
  return [-columns, 0, columns].some((down) =>
    [-1, 0, 1].some(
      (across) => column + across >= 0 && column + across < columns && isPrinted[cell + down + across] === 1,
    ),
  )
}
