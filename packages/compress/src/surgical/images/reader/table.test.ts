import { beforeAll, describe, expect, it } from 'vitest'
import { type DrawnPage, pdfium, poppler, type Renderer } from '../../../../../../test/fixtures/pdf/drawn.ts'
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
/** The same for smooth images that lose something. */
const near: Difference = { most: 255, mean: 6, tile: 10 }

function differenceAt(index: number, before: DrawnPage, after: DrawnPage): Difference {
  const { left, top } = placeOf(index)
  let [most, sum] = [0, 0]
  const tiles = new Map<string, number[]>()
  for (let y = 0; y < rows; y++) {
    for (let at = 0; at < columns * 3; at++) {
      const sample = ((top + y) * before.width + left) * 3 + at
      const difference = (after.samples[sample] ?? 0) - (before.samples[sample] ?? 0)
      most = Math.max(most, Math.abs(difference))
      sum += Math.abs(difference)
      const tile = `${Math.floor(y / tileSide)} ${Math.floor(at / 3 / tileSide)} ${at % 3}`
      const known = tiles.get(tile) ?? []
      known.push(difference)
      tiles.set(tile, known)
    }
  }
  const means = [...tiles.values()].map((all) =>
    Math.abs(all.reduce((total, each) => total + each) / all.length),
  )
  return { most, mean: sum / (columns * rows * 3), tile: Math.max(...means) }
}

const isWithin = (difference: Difference, bound: Difference) =>
  difference.most <= bound.most && difference.mean <= bound.mean && difference.tile <= bound.tile

/** Kinds that a renderer shows otherwise than before. */
function changed(kinds: readonly Kind[], before: DrawnPage, after: DrawnPage, bound?: Difference): string[] {
  expect([after.width, after.height]).toEqual([before.width, before.height])
  return kinds.flatMap((kind, index) => {
    const difference = differenceAt(index, before, after)
    const within = isWithin(difference, bound ?? (kind.exact ? exact : near))
    return within ? [] : [`${kind.name}: ${JSON.stringify(difference)}`]
  })
}

const renderers: readonly Renderer[] = [poppler, pdfium]

describe('the table of images', () => {
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
      if (drawn) expect([name, ...changed(imageTable, drawn, await draw(output))]).toEqual([name])
    }
    // Else the table would prove nothing.
    const renewed = images.reduce((sum, each) => sum + each.renewed, 0)
    expect(renewed).toBeGreaterThan(imageTable.length / 2)
  })
})
