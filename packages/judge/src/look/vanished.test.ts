import { describe, expect, it } from 'vitest'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { vanishedPart } from './vanished.ts'

/** A page of 4 × 2 tiles, each with a spot of its lightness. */
function page(ground: number, spots: readonly number[]): Pixels {
  const [width, height, tile] = [128, 64, 32]
  const samples = new Uint8Array(width * height).fill(ground)
  for (const [index, level] of spots.entries()) {
    const [left, top] = [(index % 4) * tile, Math.floor(index / 4) * tile]
    for (let at = 4; at < 20; at++) samples[(top + at) * width + left + at] = level
  }
  return { width, height, channels: 1, samples }
}

describe('what vanishes', () => {
  it('is counted among what was clearly to be seen', () => {
    const before = page(250, [20, 20, 100, 20, 220, 230])
    expect(vanishedPart(before, page(255, [0, 0, 0, 0]))).toBe(0)
    expect(vanishedPart(before, page(255, [0, 0]))).toBe(0.5)
    expect(vanishedPart(before, page(0, [255, 255, 255, 255]))).toBe(0)
  })

  it('is everything where the sizes differ, and nothing of an empty page', () => {
    expect(vanishedPart(page(250, []), page(0, []))).toBe(0)
    expect(vanishedPart(page(250, []), { ...page(0, []), width: 64, height: 128 })).toBe(1)
  })
})
