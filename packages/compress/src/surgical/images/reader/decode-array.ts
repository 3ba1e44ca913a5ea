import type { PdfObjects } from '@pdf-smaller/pdf'
import type { Space } from './space.ts'

/** For each component, what its least and its highest sample stand for; `usual` where that need not be told. */
export type Ranges = 'usual' | readonly (readonly [low: number, high: number])[]

/**
 * The entry Decode of an image (ISO 32000-1, table 90): amounts from 0 to 1, or places in a table.
 * Undefined where readers do not agree on it.
 */
export function rangesIn(
  value: unknown,
  space: Space,
  bits: number,
  objects: PdfObjects,
): Ranges | undefined {
  const given = objects.resolve(value)
  if (given === undefined || given === null) return 'usual'
  if (!Array.isArray(given) || space.kind === 'drawn') return undefined
  const numbers = given.map(objects.resolve)
  const components = space.kind === 'direct' || space.kind === 'brought' ? space.components : 1
  if (numbers.length < components * 2) return undefined
  const ranges: [number, number][] = []
  for (let at = 0; at < components * 2; at += 2) {
    const [low, high] = [numbers[at], numbers[at + 1]]
    if (typeof low !== 'number' || typeof high !== 'number') return undefined
    ranges.push([low, high])
  }
  const most = space.kind === 'indexed' ? 2 ** bits - 1 : 1
  if (ranges.every(([low, high]) => low === 0 && high === most)) return 'usual'
  return isUnderstood(ranges, space, most) ? ranges : undefined
}

function isUnderstood(ranges: readonly [number, number][], { kind }: Space, most: number): boolean {
  switch (kind) {
    case 'direct':
      return true
    case 'stencil':
      return ranges.every(([low, high]) => low === 1 && high === 0)
    case 'indexed':
      // Readers round places between two colours in ways of their own.
      return ranges.every(([low, high]) => Number.isInteger(low) && Number.isInteger((high - low) / most))
    case 'brought':
    case 'drawn':
      return false
  }
  return kind satisfies never
}

/** For each sample of so many bits (the upper 8 of 16), the level of 255 that it stands for. */
export function levelsOf(ranges: Ranges, bits: number): Uint8Array[] {
  const most = 2 ** Math.min(8, bits) - 1
  const own: Exclude<Ranges, 'usual'> = ranges === 'usual' ? [[0, 1]] : ranges
  return own.map(([low, high]) =>
    Uint8Array.from({ length: most + 1 }, (_, sample) =>
      Math.min(255, Math.max(0, Math.round(255 * (low + (sample * (high - low)) / most)))),
    ),
  )
}

/** For each sample, its place in the table; -1 where there is no colour. */
export function placesOf(ranges: Ranges, bits: number, colours: number): Int16Array {
  const most = 2 ** bits - 1
  const [low, high] = (ranges === 'usual' ? undefined : ranges[0]) ?? [0, most]
  return Int16Array.from({ length: most + 1 }, (_, sample) => {
    const place = low + (sample * (high - low)) / most
    return place >= 0 && place < colours ? place : -1
  })
}
