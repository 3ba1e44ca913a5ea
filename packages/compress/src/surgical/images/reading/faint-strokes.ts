import { percentile } from '@pdf-smaller/pictures/percentile'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { groundOf } from './ground.ts'

/**
 * Strokes that are too faint to be told from grain pixel by pixel, in a plane of half the sides of their page: how dark each
 * pixel of a stroke is beside its ground, 0 elsewhere.
 */
export type FaintStrokes = { half: Plane; depths: Uint8Array }

/** A faint stroke is so much darker than its ground, and by so many times the grain of the halved page. */
const [leastDepth, grainDeviations] = [10, 4]
/** With more grain than this, in levels, paper is all strokes. */
const mostGrain = 7
/** What is darker by so much, with what is so near to it, in pixels, is told by itself. */
const [strong, nearStrong] = [72, 3]
/** Beside what is so dark, less counts too. */
const besideStroke = 0.6
/** What is paler than this part of what is darkest so near to it, in pixels, is a soft rim, unless it is darker than both its sides. */
const [rimPart, reach, sidePart] = [0.45, 2, 0.6]
/** Larger shades are paper of another colour, inches. */
const mostThick = 0.08
/** The ground of a pixel is that of cells of so many to an inch: shades have it to a depth at which they are no longer thin. */
const cellsPerInch = 8
/** The ground has so much of the lightness of the page's paper: in pictures, shades are no strokes. */
const [groundPart, paperPart, paperStep] = [0.75, 0.9, 13]
/** Grain is told from each so many pixels. */
const grainStep = 7

/** Finds faint strokes on paper: pencil, pale stamps, faded print, light rules. @param ppi of the page */
export function faintStrokes(page: Plane, ppi: number): FaintStrokes | undefined {
  const half = halved(page)
  const grain = grainOf(half)
  if (grain > mostGrain) return undefined
  const { width, height } = half
  const all = new Uint8Array(width * height)
  const least = Math.max(leastDepth, grain * grainDeviations)
  const dark = addDepths(all, half, Math.max(4, Math.round(ppi / 2 / cellsPerInch)), least * besideStroke)
  clearAround(all, width, dark)
  keepThin(all, width, Math.round((ppi / 2) * mostThick))
  const depths = withoutRims(all, width, least)
  return { half, depths }
}

/** Each pixel the mean of four. */
function halved({ width, height, samples }: Plane): Plane {
  const [columns, rows] = [width >> 1, height >> 1]
  const half = new Uint8Array(columns * rows)
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0, from = 2 * y * width; x < columns; x++, from += 2, at++) {
      const above = (samples[from] ?? 0) + (samples[from + 1] ?? 0)
      half[at] = (above + (samples[from + width] ?? 0) + (samples[from + width + 1] ?? 0) + 2) >> 2
    }
  }
  return { width: columns, height: rows, samples: half }
}

/** The deviation of the noise: the median difference of near pixels is .954 of it. */
function grainOf({ samples }: Plane): number {
  const differences = new Uint8Array(Math.max(0, Math.floor((samples.length - 3) / grainStep)))
  for (let at = 0; at < differences.length; at++)
    differences[at] = Math.abs((samples[at * grainStep] ?? 0) - (samples[at * grainStep + 3] ?? 0))
  return percentile(differences, 0.5) / 0.954
}

/** Sets how much darker pixels are than their ground. @returns those that are strong */
function addDepths(depths: Uint8Array, half: Plane, cell: number, least: number): number[] {
  const dark: number[] = []
  const { width, height, samples } = half
  const rowOf = groundOf(half, cell, percentile(samples, paperPart, 0, paperStep) * groundPart)
  for (let y = 0, at = 0; y < height; y++) {
    const grounds = rowOf(y)
    for (let x = 0; x < width; x++, at++) {
      const depth = (grounds[x] ?? 0) - (samples[at] ?? 0)
      if (depth <= least) continue
      depths[at] = depth
      if (depth >= strong) dark.push(at)
    }
  }
  return dark
}

/** Clears what is near to pixels, which are in order. */
function clearAround(depths: Uint8Array, width: number, pixels: readonly number[]): void {
  for (let first = 0, next = 1; first < pixels.length; first = next++) {
    // Those side by side at once.
    while (pixels[next] === (pixels[next - 1] ?? 0) + 1) next++
    const [left, right] = [(pixels[first] ?? 0) - nearStrong, (pixels[next - 1] ?? 0) + nearStrong + 1]
    for (let row = -nearStrong * width; row <= nearStrong * width; row += width)
      if (left + row >= 0) depths.fill(0, left + row, right + row)
  }
}

function withoutRims(all: Uint8Array, width: number, least: number): Uint8Array {
  const depths = new Uint8Array(all.length)
  for (let at = reach * (width + 1); at < all.length - reach * (width + 1); at++) {
    const depth = all[at] ?? 0
    if (depth === 0) continue
    const most = darkestAround(all, width, at)
    if (most > least && (depth >= most * rimPart || isRidge(all, width, at, depth * sidePart)))
      depths[at] = depth
  }
  return depths
}

function darkestAround(depths: Uint8Array, width: number, at: number): number {
  let most = 0
  for (let row = at - reach * width; row <= at + reach * width; row += width)
    for (let near = row - reach; near <= row + reach; near++) most = Math.max(most, depths[near] ?? 0)
  return most
}

/** Whether a pixel lies on a line: across it, both sides are no darker than that. */
function isRidge(depths: Uint8Array, width: number, at: number, most: number): boolean {
  for (const step of [1, width, width + 1, width - 1])
    if ((depths[at + reach * step] ?? 0) <= most && (depths[at - reach * step] ?? 0) <= most) return true
  return false
}

/** Leaves what is thin across or down. */
function keepThin(depths: Uint8Array, width: number, most: number): void {
  const thick: number[] = []
  for (let at = 0; at < depths.length; at++) {
    if ((depths[at] ?? 0) === 0) continue
    const start = at
    while ((depths[at] ?? 0) > 0) at++
    if (at - start <= most) continue
    for (let each = start; each < at; each++) if (isTall(depths, width, each, most)) thick.push(each)
  }
  for (const at of thick) depths[at] = 0
}

function isTall(depths: Uint8Array, width: number, at: number, most: number): boolean {
  let tall = 1
  for (let row = at - width; tall <= most && (depths[row] ?? 0) > 0; row -= width) tall++
  for (let row = at + width; tall <= most && (depths[row] ?? 0) > 0; row += width) tall++
  return tall > most
}
