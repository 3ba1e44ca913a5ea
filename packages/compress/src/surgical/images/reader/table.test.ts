import { beforeAll, describe, expect, it } from 'vitest'
import { type DrawnPage, pdfium, poppler, type Renderer } from '@pdf-smaller/testing/pdf/drawn'
import { columns, type Kind, rows } from '../../../../testing/image-kinds.ts'
import { placeOf, sheetOf } from '../../../../testing/image-sheet.ts'
import { imageTable } from '../../../../testing/image-table.ts'
import { rewritten } from '../../../../testing/rewritten.ts'
import { Level } from '../../../levels.ts'

/** How two drawings of an image differ, in levels of 255: most, in the mean, and in the mean colour of a tile. */
type Difference = { most: number; mean: number; tile: number }
const tileSide = 16

/** What an exact copy may differ by, since renderers round where a Decode is to a part. */
const exact: Difference = { most: 1, mean: 0.5, tile: 0.5 }
/** The same for images that lose something. */
const near: Record<Level, Difference> = {
  low: { most: 255, mean: 4, tile: 6 },
  medium: { most: 255, mean: 5, tile: 8 },
  high: { most: 255, mean: 6, tile: 10 },
  maximum: { most: 255, mean: 8, tile: 15 },
}

function differenceAt(index: number, before: DrawnPage, after: DrawnPage): Difference {
  const { left, top } = placeOf(index)
  let [most, sum] = [0, 0]
  const across = Math.ceil(columns / tileSide)
  const tiles = new Float64Array(across * Math.ceil(rows / tileSide) * 3)
  for (let y = 0; y < rows; y++) {
    for (let at = 0; at < columns * 3; at++) {
      const sample = ((top + y) * before.width + left) * 3 + at
      const difference = (after.samples[sample] ?? 0) - (before.samples[sample] ?? 0)
      most = Math.max(most, Math.abs(difference))
      sum += Math.abs(difference)
      const tile = Math.floor(y / tileSide) * across + Math.floor(at / 3 / tileSide)
      tiles[tile * 3 + (at % 3)] = (tiles[tile * 3 + (at % 3)] ?? 0) + difference
    }
  }
  const tile = Math.max(...tiles.map(Math.abs)) / tileSide ** 2
  return { most, mean: sum / (columns * rows * 3), tile }
}

const isWithin = (difference: Difference, bound: Difference) =>
  difference.most <= bound.most && difference.mean <= bound.mean && difference.tile <= bound.tile

/** Kinds that a renderer shows otherwise than before. */
function changed(kinds: readonly Kind[], before: DrawnPage, after: DrawnPage, level: Level): string[] {
  expect([after.width, after.height]).toEqual([before.width, before.height])
  return kinds.flatMap((kind, index) => {
    const difference = differenceAt(index, before, after)
    const within = isWithin(difference, kind.exact ? exact : near[level])
    return within ? [] : [`${kind.name}: ${JSON.stringify(difference)}`]
  })
}

const renderers: readonly Renderer[] = [poppler, pdfium]

describe('the table of images', { timeout: 180_000 }, () => {
  let sheet: Buffer
  let before: DrawnPage[]
  beforeAll(async () => {
    sheet = await sheetOf(imageTable)
    before = await Promise.all(renderers.map(({ draw }) => draw(sheet)))
  })

  it.each(Level.options)('looks the same at the level %s, to Poppler and to PDFium', async (level) => {
    const { output, images } = await rewritten(sheet, { level })
    for (const [index, { name, draw }] of renderers.entries()) {
      const drawn = before[index]
      if (drawn) expect([name, ...changed(imageTable, drawn, await draw(output), level)]).toEqual([name])
    }
    // Else the table would prove nothing.
    const renewed = images.reduce((sum, each) => sum + each.renewed, 0)
    expect(renewed).toBeGreaterThan(imageTable.length / 2)
  })

  it('turns grey in the lightness that it had, to Poppler and to PDFium', async () => {
    const { output } = await rewritten(sheet, { level: 'medium', colours: 'grayscale' })
    for (const [index, { name, draw }] of renderers.entries()) {
      const [drawn, grey] = [before[index], await draw(output)]
      const lost = imageTable.flatMap((kind, at) => {
        if (shownAsPopplerSees.has(kind.name)) return []
        const shift = meanOf(tonesOf(grey, at).lightness) - meanOf(tonesOf(drawn, at).lightness)
        return Math.abs(shift) > 16 ? [`${kind.name}: ${shift}`] : []
      })
      expect([name, ...lost]).toEqual([name])
      const colourless = imageTable.filter((_, at) => !tonesOf(grey, at).isColoured).length
      expect(colourless).toBeGreaterThan(imageTable.length * 0.6)
    }
  })

  it('has the darker of two colours black in black and white', async () => {
    const { output } = await rewritten(sheet, { level: 'medium', colours: 'black-white' })
    for (const [index, { draw }] of renderers.entries()) {
      const [drawn, after] = [before[index], await draw(output)]
      for (const [at, { name }] of imageTable.entries()) {
        if (!/^(DeviceGray of 1|2 colours in 1) bits, Decode (usual|that|turned)/.test(name)) continue
        const [{ lightness: colours }, { lightness: tones }] = [tonesOf(drawn, at), tonesOf(after, at)]
        const middle = (Math.min(...colours) + Math.max(...colours)) / 2
        const wrong = colours.filter((value, pixel) => value > middle !== (tones[pixel] ?? 0) > 128).length
        expect([name, wrong / colours.length < 0.05]).toEqual([name, true])
      }
    }
  })
})

/** Renderers do not agree on it, and only one of them can draw it for the new form. */
const shownAsPopplerSees = new Set(['profile of RGB with 4 components'])

/** How light each pixel of an image is, and whether any has a colour. */
function tonesOf(
  page: DrawnPage | undefined,
  index: number,
): { lightness: Float64Array; isColoured: boolean } {
  const { left, top } = placeOf(index)
  const lightness = new Float64Array(columns * rows)
  let isColoured = false
  for (let pixel = 0; pixel < lightness.length; pixel++) {
    const at = ((top + Math.floor(pixel / columns)) * (page?.width ?? 0) + left + (pixel % columns)) * 3
    const [red = 0, green = 0, blue = 0] = page?.samples.subarray(at, at + 3) ?? []
    lightness[pixel] = 0.3 * red + 0.59 * green + 0.11 * blue
    isColoured ||= Math.max(red, green, blue) - Math.min(red, green, blue) > 8
  }
  return { lightness, isColoured }
}

const meanOf = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0) / values.length
