import type { PageDamage } from '@pdf-smaller/judge'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { expect, it } from 'vitest'
import { levels, type Settings } from '../levels.ts'
import { type EncodedImage, openEncoded } from '../surgical/images/encoded.ts'
import { openTally } from '../surgical/images/tally.ts'
import { openGentlerImages } from './images.ts'

/** The settings with which a page in layers is encoded again, round after round; the last is known to be the last. */
async function rounds(damages: readonly PageDamage[], others: readonly EncodedImage[] = []) {
  await using test = await engineContext()
  const asked: (Settings | undefined)[] = []
  const page = imageOf({ isNew: true, isLayered: true, lost: 0.04 }, (settings) => asked.push(settings))
  const encoded = openEncoded()
  for (const [index, image] of [page, ...others].entries()) encoded.all.set(`${index} 0 R`, image)
  const context = { engine: test.context, signal: test.context.signal }
  const images = openGentlerImages({ encoded, settings: levels.medium, tally: openTally(), context })
  for (const [index, damage] of damages.entries()) await images.encode([damage], index === damages.length - 1)
  return asked
}

const imageOf = (
  form: EncodedImage['form'],
  told: (settings: Settings | undefined) => void,
): EncodedImage => ({
  pages: [1],
  coverage: 1,
  asked: levels.medium,
  form,
  encode: (settings) => Promise.resolve(told(settings)),
})

const marks: PageDamage = { page: 1, code: 'marks_gone', measured: 2, limit: 0, damage: '2 marks are gone' }
const colours: PageDamage = {
  page: 1,
  code: 'colours_changed',
  measured: 24,
  limit: 20,
  times: 1.2,
  damage: 'the colours have changed',
}

it('asks for layers that keep more before it asks for one piece', async () => {
  const [first, second, third, last] = await rounds([marks, marks, marks, marks])
  expect(first).toMatchObject({ layers: 'bargain', mostLost: levels.medium.mostLost })
  expect(first?.leastKeptInLayers).toBeGreaterThan(levels.medium.leastKeptInLayers)
  expect(second?.layers).toBe('bargain')
  expect(second?.leastKeptInLayers).toBeGreaterThan(first?.leastKeptInLayers ?? 1)
  expect(third?.layers).toBe('never')
  expect(last).toBeUndefined()
})

it('bounds the colours of layers by how far they were off', async () => {
  const [first] = await rounds([colours, colours])
  expect(first?.layers).toBe('bargain')
  expect(first?.mostColour).toBeLessThanOrEqual(levels.medium.mostColour / 1.2)
})

it('gives all images of a page back in the last round, whatever they have lost', async () => {
  const told: (Settings | undefined)[] = []
  const small = imageOf({ isNew: true, isLayered: false, lost: 0.001 }, (settings) => told.push(settings))
  await rounds([marks, marks], [small])
  expect(told).toEqual([undefined])
})
