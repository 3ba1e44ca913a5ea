import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'

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
}

/** Differences of chroma and of contrast that noise makes count for nothing beside these. */
const [chromaNoise, contrastNoise] = [12, 20]

/**
 * Compares two pictures of equal size tile by tile; tiles overlap by half, so that what is as large as one fills one.
 * @param side of a tile, pixels
 */
export function tileChanges(before: Pixels, after: Pixels, side: number): TileChanges {
  const changes = { colour: 0, chroma: 1, contrast: 1 }
  const rest = tilesOf(after, side)
  for (const had of tilesOf(before, side)) {
    const has = rest.next().value
    if (!has) break
    const shift = had.colour.map((mean, channel) => Math.abs(mean - (has.colour[channel] ?? 0)))
    changes.colour = Math.max(changes.colour, ...shift)
    changes.chroma = Math.min(changes.chroma, likeness(had.chroma, has.chroma, chromaNoise))
    if (has.contrast < had.contrast)
      changes.contrast = Math.min(changes.contrast, likeness(had.contrast, has.contrast, contrastNoise))
  }
  return changes
}

/** The form that structural similarity gives to each of its parts (Wang et al. 2004, equations 6 and 9). */
const likeness = (a: number, b: number, noise: number) =>
  (2 * a * b + noise ** 2) / (a ** 2 + b ** 2 + noise ** 2)

/** Sums over a cell, a quarter of a tile: samples, the three channels, lightness and its square. */
const [counts, red, green, blue, lights, squares, width] = [0, 1, 2, 3, 4, 5, 6]

function* tilesOf(picture: Pixels, side: number): Generator<Tile> {
  const half = Math.max(1, Math.round(side / 2))
  const [columns, rows] = [Math.ceil(picture.width / half), Math.ceil(picture.height / half)]
  const cells = cellsOf(picture, half, columns, rows)
  for (let row = 0; row < Math.max(1, rows - 1); row++) {
    for (let column = 0; column < Math.max(1, columns - 1); column++)
      yield tileAt(cells, columns, rows, column, row)
  }
}

function cellsOf(picture: Pixels, half: number, columns: number, rows: number): Float64Array {
  const { samples, channels } = picture
  const luma = lumaOf(picture).samples
  const cells = new Float64Array(columns * rows * width)
  for (let y = 0, pixel = 0; y < picture.height; y++) {
    const row = Math.floor(y / half) * columns
    for (let x = 0; x < picture.width; x++, pixel++) {
      const at = pixel * channels
      const [r, light] = [samples[at] ?? 0, luma[pixel] ?? 0]
      const [g, b] = channels === 3 ? [samples[at + 1] ?? 0, samples[at + 2] ?? 0] : [r, r]
      const cell = (row + Math.floor(x / half)) * width
      const values = [1, r, g, b, light, light * light] as const
      for (let each = 0; each < width; each++)
        cells[cell + each] = (cells[cell + each] ?? 0) + (values[each] ?? 0)
    }
  }
  return cells
}

function tileAt(cells: Float64Array, columns: number, rows: number, column: number, row: number): Tile {
  const sums = new Float64Array(width)
  for (const [down, right] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const) {
    // prettier-ignore
    if (row + down >= rows || column + right >= columns) continue
    const cell = ((row + down) * columns + column + right) * width
    for (let at = 0; at < width; at++) sums[at] = (sums[at] ?? 0) + (cells[cell + at] ?? 0)
  }
  const mean = (at: number) => (sums[at] ?? 0) / (sums[counts] || 1)
  const colour = [mean(red), mean(green), mean(blue)] as const
  return {
    colour,
    chroma: Math.max(...colour) - Math.min(...colour),
    contrast: Math.sqrt(Math.max(0, mean(squares) - mean(lights) ** 2)),
  }
}
