import { expect, it } from 'vitest'
import { scannedPages } from '../testing/scanned-pages.ts'
import { openContext } from '../testing/context.ts'
import { analyse } from './analyse.ts'
import { inspectedForCompression } from './inspect.ts'
import { settingsOf } from './levels.ts'
import { smallestIntact } from './smallest.ts'
import { openTally } from './surgical/images/tally.ts'
import type { Work } from './work.ts'

/** Compresses three pages with a judge that refuses pages, by the file that it is shown. */
async function compressedUnder(damagedIn: (candidate: number) => number[]) {
  await using test = await openContext([{ name: 'a.pdf', bytes: await scannedPages(3) }], {
    level: 'maximum',
  })
  const { context } = test
  const [input] = context.inputs
  if (!input) throw new Error('there is no input')
  let shown = 0
  const judge: Work['judge'] = async () => {
    const damagedPages = damagedIn(shown++)
    return damagedPages.length > 0 ? { damage: `page ${damagedPages[0]} looks different`, damagedPages } : {}
  }
  const document = await inspectedForCompression(input, context.engine)
  const tally = openTally()
  const { chosen, reports } = await smallestIntact({
    document,
    analysis: await analyse(document, context.engine),
    judge,
    settings: settingsOf('maximum', context.options),
    context,
    touched: new Set(),
    gentleness: new Map(),
    tally,
    drawn: () => Promise.reject(new Error('nothing is drawn anew')),
  })
  const images = tally.report().images.map(({ renewed, kept, bytesAfter }) => ({ renewed, kept, bytesAfter }))
  return { chosen, reports, images: images[0], shown }
}

it('only the pages that the judge refuses are encoded more gently, and at last stay as they are', async () => {
  const all = await compressedUnder(() => [])
  expect(all.images?.renewed).toBe(3)
  const one = await compressedUnder((candidate) => (candidate < 3 ? [2] : []))
  expect(one.chosen?.winner.report).toMatchObject({ name: 'gentle', outcome: 'won' })
  expect(one.images?.renewed).toBe(2)
  expect(Object.values(one.images?.kept ?? {})).toEqual([1])
  expect(one.images?.bytesAfter).toBeGreaterThan(all.images?.bytesAfter ?? Infinity)
})

it('rounds are bounded: what the judge never takes ends with a file whose pictures are the old ones', async () => {
  const { reports, chosen, shown } = await compressedUnder(() => [1, 3])
  expect(chosen).toBeUndefined()
  expect(reports.map(({ name }) => name).filter((name) => name === 'gentle')).toHaveLength(3)
  expect(shown).toBeLessThanOrEqual(5)
})
