import { assert, asyncProperty, constantFrom, integer, record } from '@pdf-smaller/testing/properties'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { compressBytes } from '../testing/context.ts'
import { flate, height, image, type Made, pageWith, samples, scene, width } from '../testing/image-page.ts'
import { Level } from './levels.ts'

/** A picture of a kind, with grain of so many hundredths. */
const picture = (kind: 'scan' | 'photo' | 'drawing', grain: number) => async (): Promise<Made> => {
  const noisy = (x: number, y: number, channel: number) => {
    const noise = ((Math.imul(x * 7919 + y * 131 + channel, 2_246_822_519) >>> 9) % 101) / 50 - 1
    return Math.min(1, Math.max(0, sceneOf(kind, x, y, channel) + (noise * grain) / 100))
  }
  if (kind === 'drawing') return flate(image('DeviceGray', 8, samples(1, 8, noisy)))
  const channels = kind === 'scan' ? 1 : 3
  const raw = { width, height, channels } as const
  const source = sharp(samples(channels, 8, noisy), { raw })
  const jpeg = await (channels === 1 ? source.toColourspace('b-w') : source).jpeg({ quality: 92 }).toBuffer()
  const space = channels === 1 ? 'DeviceGray' : 'DeviceRGB'
  return image(space, 8, jpeg, { Filter: 'DCTDecode' })
}

function sceneOf(kind: string, x: number, y: number, channel: number): number {
  if (kind === 'photo') return scene(x, y, channel)
  // Strokes on paper; those of a drawing have no soft edges.
  const isInk = y % 16 < 8 && (x * 5 + (y >> 4) * 11) % 13 < 4
  return isInk ? (kind === 'scan' ? 0.2 : 0) : 0.92
}

it('no level gives a larger file than a gentler one, whatever images there are', async () => {
  const documents = record({
    kind: constantFrom('scan' as const, 'photo' as const, 'drawing' as const),
    grain: integer({ min: 0, max: 12 }),
  })
  await assert(
    asyncProperty(documents, async ({ kind, grain }) => {
      const pdf = await pageWith(picture(kind, grain))
      const sizes: number[] = []
      for (const level of Level.options) sizes.push((await compressBytes(pdf, { level })).output.length)
      expect(sizes).toEqual(sizes.toSorted((one, other) => other - one))
    }),
    { numRuns: 2, endOnFailure: true },
  )
})
