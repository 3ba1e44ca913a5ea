import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Cells to the inch: each of them is larger than most letters, so that paper shows in it. */
const cellsPerInch = 8
/** The shade of a cell's paper: darker is ink, lighter is grain. */
const paperShare = 0.8
/** Cells darker than that share of the page's own paper show no paper but a picture or print. */
const leastPaper = 0.55
/** How much darker paper is at most, in a shadow, than that beside it. */
const leastStep = 0.8
/** Shades so close to that of the paper are its grain. */
const whiteShare = 0.94

type Cells = { shades: Float32Array; columns: number; rows: number; size: number }

/** Evens out shadows and the tone of the paper: shades become what they are of the paper's own around them. */
export function evenGround(picture: Plane, dpi: number): Plane {
  const { samples, width, height } = picture
  const { shades, columns, rows, size } = groundOf(picture, Math.max(8, Math.round(dpi / cellsPerInch)))
  const evened = new Uint8Array(width * height)
  const shadeAt = (row: number, column: number) => shades[row * columns + column] ?? 255
  for (let y = 0; y < height; y++) {
    const [above, below, down] = between(y, size, rows)
    for (let x = 0; x < width; x++) {
      const [left, right, across] = between(x, size, columns)
      const top = shadeAt(above, left) * (1 - across) + shadeAt(above, right) * across
      const bottom = shadeAt(below, left) * (1 - across) + shadeAt(below, right) * across
      const ground = top * (1 - down) + bottom * down
      evened[y * width + x] = Math.min(255, ((samples[y * width + x] ?? 0) * 255) / (ground * whiteShare))
    }
  }
  return { samples: evened, width, height }
}

/** Between the middles of which two cells a pixel lies, and how far on its way from the first to the second. */
function between(at: number, size: number, count: number): [first: number, second: number, share: number] {
  const place = Math.min(count - 1, Math.max(0, (at + 0.5) / size - 0.5))
  const first = Math.floor(place)
  return [first, Math.min(count - 1, first + 1), place - first]
}

function groundOf({ samples, width, height }: Plane, size: number): Cells {
  const [columns, rows] = [Math.ceil(width / size), Math.ceil(height / size)]
  const shades = new Float32Array(columns * rows)
  const counts = new Uint32Array(256)
  for (let cell = 0; cell < shades.length; cell++) {
    const [left, top] = [(cell % columns) * size, Math.floor(cell / columns) * size]
    const [right, bottom] = [Math.min(width, left + size), Math.min(height, top + size)]
    counts.fill(0)
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const shade = samples[y * width + x] ?? 0
        counts[shade] = (counts[shade] ?? 0) + 1
      }
    shades[cell] = Math.max(1, shadeOf(counts, (right - left) * (bottom - top) * paperShare))
  }
  return { shades: smoothed(filled(shades, columns), columns), columns, rows, size }
}

/** The shade up to which so many pixels are dark. */
function shadeOf(counts: Uint32Array, pixels: number): number {
  let sum = 0
  for (const [shade, count] of counts.entries()) {
    sum += count
    if (sum >= pixels) return shade
  }
  return 255
}

/**
 * Cells without paper get the shade of those around them, from their edges inwards. A shadow that deepens from cell to
 * cell is paper still; what is darker all at once is not.
 */
function filled(shades: Float32Array, columns: number): Float32Array {
  const sorted = Float32Array.from(shades).sort()
  const paper = (sorted[Math.floor(sorted.length * 0.75)] ?? 255) * leastPaper
  let known = shades.map((shade) => (shade < paper ? 0 : shade))
  while (known.includes(0) && known.some((shade) => shade > 0))
    known = known.map((shade, cell, all) => {
      if (shade > 0) return shade
      const [around, own] = [meanAround(all, cell, columns), shades[cell] ?? 0]
      return around > 0 && own > around * leastStep ? own : around
    })
  return known.map((shade) => Math.max(1, shade))
}

const smoothed = (shades: Float32Array, columns: number) =>
  shades.map((_, cell) => meanAround(shades, cell, columns))

/** Of a cell and the eight around it, those that are known; 0 where none is. */
function meanAround(shades: Float32Array, cell: number, columns: number): number {
  let [sum, count] = [0, 0]
  for (let down = -1; down <= 1; down++)
    for (let across = -1; across <= 1; across++) {
      const column = (cell % columns) + across
      const shade = shades[cell + down * columns + across] ?? 0
      if (column < 0 || column >= columns || shade === 0) continue
      sum += shade
      count++
    }
  return count === 0 ? 0 : sum / count
}
