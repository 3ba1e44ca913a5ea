import { describe, expect, it } from 'vitest'
import type { Box } from '@pdf-smaller/text'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { measuredOf } from './measured.ts'
import { shapesOf } from './shapes.ts'
import { type ReadWord, unreadPrint } from './unread.ts'

const [dpi, width, height] = [150, 900, 600]

const paper = (): Plane => ({ width, height, samples: new Uint8Array(width * height).fill(230) })

function fill({ samples }: Plane, [left, top, right, bottom]: Box, shade = 30): void {
  for (let y = top; y < bottom; y++) samples.fill(shade, y * width + left, y * width + right)
}

/** A word: letters that are the frame of a box each, 10 pixels wide and 16 high. */
function print(page: Plane, left: number, top: number, letters: number): Box {
  for (let index = 0; index < letters; index++) {
    const x = left + index * 14
    fill(page, [x, top, x + 10, top + 16])
    fill(page, [x + 3, top + 3, x + 7, top + 13], 230)
  }
  return [left, top, left + letters * 14 - 4, top + 16]
}

const unreadOn = (page: Plane, words: readonly ReadWord[]) => unreadPrint(measuredOf(page, dpi), words)

describe('print that was not read', () => {
  it('is what stands in no word, word by word', () => {
    const page = paper()
    const rows = Array.from({ length: 10 }, (_, row) => ({
      label: print(page, 60, 40 + row * 40, 12),
      amount: print(page, 700, 40 + row * 40, 6),
    }))
    const labels = rows.map(({ label }) => ({ text: 'twelve signs', box: label }))
    const amounts = rows.map(({ amount }) => ({ text: '123.45', box: amount }))
    const left = unreadOn(page, labels)
    expect(left.boxes.toSorted((one, other) => one[1] - other[1])).toEqual(rows.map(({ amount }) => amount))
    expect(left.share).toBeCloseTo(1 / 3, 2)
    expect(unreadOn(page, [...labels, ...amounts])).toEqual({ boxes: [], share: 0 })
  })

  it('is also what stands in words that are too short for it, or have no letter and no digit', () => {
    const page = paper()
    const box = print(page, 60, 40, 30)
    const rule: ReadWord = { text: '————————————————————', box }
    for (const word of [{ text: 'ee', box }, rule]) expect(unreadOn(page, [word]).boxes).toEqual([box])
    expect(unreadOn(page, [{ text: 'as many as there are signs here', box }]).boxes).toEqual([])
  })

  it.each<[string, (page: Plane) => void]>([
    ['rules and frames', (page) => gridOn(page)],
    ['the dark border of a scan', (page) => fill(page, [0, 0, 40, height])],
    ['a picture', (page) => fill(page, [300, 100, 600, 400])],
    ['holes that were punched', (page) => [100, 300].forEach((top) => fill(page, [40, top, 75, top + 35]))],
    ['specks', (page) => specksOn(page)],
    ['the bars of a barcode', (page) => barcodeOn(page)],
    ['a number of one digit', (page) => print(page, 400, 300, 1)],
    ['a halftone', (page) => halftoneOn(page)],
    ['nothing', () => {}],
  ])('is not %s', (_, draw) => {
    const page = paper()
    draw(page)
    expect(unreadOn(page, []).boxes).toEqual([])
  })

  it('is nothing on a page that is all noise', () => {
    const page: Plane = { width: 1600, height: 1600, samples: new Uint8Array(1600 * 1600).fill(255) }
    for (let y = 0; y < page.height; y += 2)
      for (let x = 0; x < page.width; x += 2) page.samples[y * page.width + x] = 0
    expect(shapesOf(page, 128)).toEqual([])
  })
})

function gridOn(page: Plane): void {
  for (let x = 50; x <= 850; x += 100) fill(page, [x, 50, x + 2, 552])
  for (let y = 50; y <= 550; y += 50) fill(page, [50, y, 852, y + 2])
}

function specksOn(page: Plane): void {
  for (let x = 20; x < 880; x += 9) for (let y = 20; y < 580; y += 11) fill(page, [x, y, x + 2, y + 2])
}

function barcodeOn(page: Plane): void {
  for (let x = 300; x < 600; x += 7) fill(page, [x, 200, x + 2 + (x % 3), 260])
}

function halftoneOn(page: Plane): void {
  for (let x = 200; x < 600; x += 5) for (let y = 100; y < 400; y += 5) fill(page, [x, y, x + 3, y + 3])
}
