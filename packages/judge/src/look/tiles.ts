import type { Pixels } from '@pdf-smaller/pictures/pixels'

/** What a tile of a picture shows, each 0 to 255. */
type Tile = {
  /** The mean of each channel. */
  colour: readonly [number, number, number]
  /** How far the means of the channels are apart: of what is grey they are not, and noise cancels out. */
  chroma: number
  /** The standard deviation of lightness. */
  contrast: number
}

/** How far the worst tiles of two pictures are apart. */
export type TileChanges = {
  /** The largest change of a channel's mean, 0 to 255: a shade that has become another. */
  colour: number
  /** The least likeness of chroma, 0 to 1: words that had a colour and are black. */
  chroma: number
  /** The least likeness of contrast, 0 to 1, of tiles that have lost some: an icon that is a flat patch. */
  contrast: number
  /** The same of cells, a quarter of a tile: within an icon nothing else counts. */
  detail: number
}

/** Differences of chroma and of contrast that noise makes count for nothing beside these. */
const [chromaNoise, contrastNoise] = [12, 20]

/**
 * Compares two pictures of equal size tile by tile; tiles overlap by half, so that what is as large as one fills one.
 * @param lumaHad the lightness of the picture before, a byte a pixel; `lumaHas` of that after
 * @param side of a tile, pixels
 */
export function tileChanges(
  before: Pixels,
  after: Pixels,
  lumaHad: Uint8Array,
  lumaHas: Uint8Array,
  side: number,
): TileChanges {
  const half = Math.max(1, Math.round(side / 2))
  const [had, has] = [cellsOf(before, lumaHad, half), cellsOf(after, lumaHas, half)]
  const changes = { colour: 0, chroma: 1, contrast: 1, detail: 1 }
  for (const [one, other] of pairs(tilesOf(had, 1), tilesOf(has, 1)))
    changes.detail = Math.min(changes.detail, contrastLeft(one, other))
  for (const [one, other] of pairs(tilesOf(had, 2), tilesOf(has, 2))) {
    const shift = one.colour.map((mean, channel) => Math.abs(mean - (other.colour[channel] ?? 0)))
    changes.colour = Math.max(changes.colour, ...shift)
    changes.chroma = Math.min(changes.chroma, likeness(one.chroma, other.chroma, chromaNoise))
    changes.contrast = Math.min(changes.contrast, contrastLeft(one, other))
  }
  return changes
}

function* pairs(before: Iterable<Tile>, after: Iterator<Tile>): Generator<[Tile, Tile]> {
  for (const had of before) {
    const has = after.next()
    if (!has.done) yield [had, has.value]
  }
}

const contrastLeft = (had: Tile, has: Tile) =>
  has.contrast < had.contrast ? likeness(had.contrast, has.contrast, contrastNoise) : 1

/** The form that structural similarity gives to each of its parts (Wang et al. 2004, equations 6 and 9). */
const likeness = (a: number, b: number, noise: number) =>
  (2 * a * b + noise ** 2) / (a ** 2 + b ** 2 + noise ** 2)

/** Sums over a cell, a quarter of a tile: samples, the three channels, lightness and its square. */
const [counts, red, green, blue, lights, squares, width] = [0, 1, 2, 3, 4, 5, 6]

type Cells = { columns: number; rows: number; sums: Float64Array }

/** @param span cells to the side of a tile; tiles of two overlap */
function* tilesOf(cells: Cells, span: 1 | 2): Generator<Tile> {
  const count = (all: number) => Math.max(1, all - span + 1)
  for (let row = 0; row < count(cells.rows); row++)
    for (let column = 0; column < count(cells.columns); column++) yield tileAt(cells, column, row, span)
}

/** @param side of a cell, pixels */
function cellsOf(picture: Pixels, luma: Uint8Array, side: number): Cells {
  const [columns, rows] = [Math.ceil(picture.width / side), Math.ceil(picture.height / side)]
  const cells = { columns, rows, sums: new Float64Array(columns * rows * width) }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) addCell(cells, column, row, side, picture, luma)
  return cells
}

/** Plain variables for the sums: this looks at each sample of each drawing. */
function addCell(
  { columns, sums }: Cells,
  column: number,
  row: number,
  side: number,
  { width: across, height, channels, samples }: Pixels,
  luma: Uint8Array,
): void {
  const [second, third] = channels === 3 ? [1, 2] : [0, 0]
  const [left, right] = [column * side, Math.min(across, (column + 1) * side)]
  const [top, bottom] = [row * side, Math.min(height, (row + 1) * side)]
  let [r, g, b, light, square] = [0, 0, 0, 0, 0]
  for (let y = top; y < bottom; y++) {
    for (let pixel = y * across + left; pixel < y * across + right; pixel++) {
      const at = pixel * channels
      const value = luma[pixel] ?? 0
      r += samples[at] ?? 0
      g += samples[at + second] ?? 0
      b += samples[at + third] ?? 0
      light += value
      square += value * value
    }
  }
  const pixels = (right - left) * (bottom - top)
  sums.set([pixels, r, g, b, light, square], (row * columns + column) * width)
}

/** Fewer cells than the span at an edge. */
function tileAt({ columns, rows, sums }: Cells, column: number, row: number, span: number): Tile {
  const total = [0, 0, 0, 0, 0, 0]
  for (let y = row; y < Math.min(rows, row + span); y++) {
    for (let x = column; x < Math.min(columns, column + span); x++) {
      const cell = (y * columns + x) * width
      for (let at = 0; at < width; at++) total[at] = (total[at] ?? 0) + (sums[cell + at] ?? 0)
    }
  }
  const mean = (at: number) => (total[at] ?? 0) / (total[counts] || 1)
  const colour = [mean(red), mean(green), mean(blue)] as const
  return {
    colour,
    chroma: Math.max(...colour) - Math.min(...colour),
    contrast: Math.sqrt(Math.max(0, mean(squares) - mean(lights) ** 2)),
  }
}
