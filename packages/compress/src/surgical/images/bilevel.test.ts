import { type Bitmap, rowBytes, setBlack } from '@pdf-smaller/pictures/bitmap'
import { expect, it } from 'vitest'
import { levels } from '../../levels.ts'
import { reducedBitmap } from './bilevel.ts'

const place = { ppi: 600, coverage: 1, viewPpi: 100, drawnPpi: 100, isSoftMask: false }
const side = 1200

/** Bars of text size, and dots of so many pixels between them. */
function page(dot: number): Bitmap {
  const bits = new Uint8Array(rowBytes(side) * side)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isBar = y % 100 < 12 && x % 200 < 120
      const isDot = y % 100 >= 50 && y % 100 < 50 + dot && x % 200 >= 151 && x % 200 < 151 + dot
      if (isBar || isDot) setBlack(bits, y * rowBytes(side), x)
    }
  }
  return { width: side, height: side, bits }
}

it('a bitmap of many pixels comes down to 300 per inch, its points too', async () => {
  for (const level of ['medium', 'high', 'maximum'] as const) {
    const reduced = await reducedBitmap(page(8), place, levels[level])
    expect([reduced.width, reduced.height], level).toEqual([side / 2, side / 2])
  }
})

it('stays as it is where that would cost a mark, where it has no more, and where a level keeps pages', async () => {
  // A screen of single dots turns white.
  const screen = page(8)
  for (let y = 600; y < 1000; y += 2)
    for (let x = 0; x < side; x += 2) setBlack(screen.bits, y * rowBytes(side), x)
  expect(await reducedBitmap(screen, place, levels.medium)).toBe(screen)
  const fine = page(8)
  expect(await reducedBitmap(fine, { ...place, ppi: 350 }, levels.medium)).toBe(fine)
  expect(await reducedBitmap(fine, place, levels.low)).toBe(fine)
})
