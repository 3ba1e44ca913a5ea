import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { expect, it } from 'vitest'
import { patchesFor } from './patches.ts'

const picture: Pixels = { width: 600, height: 800, channels: 1, samples: new Uint8Array(600 * 800).fill(240) }
const box = (left: number, top: number, side = 10) => ({ left, top, right: left + side, bottom: top + side })
const placesOf = async (boxes: Parameters<typeof patchesFor>[0], times = 1) =>
  (await patchesFor(boxes, picture, times))?.map((patch) => patch.box)

it('what lies close together is one patch, a little wider than what is lost', async () => {
  expect(await placesOf([box(100, 100), box(300, 500), box(120, 95)])).toEqual([
    { left: 296, top: 496, right: 314, bottom: 514 },
    { left: 96, top: 91, right: 134, bottom: 114 },
  ])
})

it('a patch is cut from the picture in its own resolution, and ends where that does', async () => {
  expect(await placesOf([box(1181, 1590, 30)], 2)).toEqual([{ left: 588, top: 793, right: 600, bottom: 800 }])
})

it('a page that loses too much has none', async () => {
  expect(await placesOf([box(0, 0, 400)])).toBeUndefined()
  expect(
    await placesOf(Array.from({ length: 48 }, (_, at) => box((at % 6) * 100, Math.floor(at / 6) * 100))),
  ).toBeUndefined()
})
