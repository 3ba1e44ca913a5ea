import { createHash } from 'node:crypto'
import type { PageDamage } from '@pdf-smaller/judge'
import { readPdf, bytesOf } from '@pdf-smaller/pdf'
import { expect, it } from 'vitest'
import { scannedPages } from '../testing/scanned-pages.ts'
import { openContext } from '../testing/context.ts'
import { analyse } from './analyse.ts'
import { inspectedForCompression } from './inspect.ts'
import { settingsOf } from './levels.ts'
import { smallestIntact } from './smallest.ts'
import { openEncoded } from './surgical/images/encoded.ts'
import { noEncodings } from './surgical/images/encodings.ts'
import { imagesTold, openTally } from './surgical/images/tally.ts'
import { untouched, type Work } from './work.ts'

/** A page that has lost so many times of what it may. */
const damaged = (page: number, times: number): PageDamage => ({
  page,
  code: 'page_differs',
  measured: 1 - times / 4,
  limit: 0.75,
  damage: `page ${page} looks different`,
  times,
})

/** Compresses three pages with a judge that refuses pages, by the pictures of the file that it is shown. */
async function compressedUnder(
  damagesOf: (shown: { pictures: string[]; before: string[]; candidate: number }) => PageDamage[],
) {
  await using test = await openContext([{ name: 'a.pdf', bytes: await scannedPages(3) }], {
    level: 'maximum',
  })
  const { context } = test
  const [input] = context.inputs
  if (!input) throw new Error('there is no input')
  const before = await picturesIn(input.path, context)
  const shown: string[][] = []
  const judge: Work['judge'] = async (candidate) => {
    const pictures = await picturesIn(candidate, context)
    const damages = damagesOf({ pictures, before, candidate: shown.push(pictures) - 1 })
    return damages[0] ? { damage: damages[0].damage, damages } : {}
  }
  const document = await inspectedForCompression(input, context.engine)
  const tally = openTally()
  const { chosen, reports } = await smallestIntact({
    document,
    analysis: await analyse(document, context.engine),
    judge,
    settings: settingsOf('maximum', context.options),
    context,
    encoded: openEncoded(),
    encodings: noEncodings,
    tally,
    packed: new Map(),
    ...untouched(),
    drawn: () => Promise.reject(new Error('nothing is drawn anew')),
  })
  const [images] = imagesTold(tally.all()).images
  return { chosen, names: reports.map(({ name }) => name), images, shown, before }
}

/** Digests of the pictures of a document, page by page. */
async function picturesIn(file: string, context: { engine: Parameters<typeof readPdf>[1] }) {
  const { objects, pages } = await readPdf(file, context.engine)
  const pictures: string[] = []
  for (const page of pages) {
    const { '/XObject': named } = objects.dictionary(objects.dictionary(page)['/Resources'])
    const picture = objects.all.get(String(objects.dictionary(named)['/I']))
    if (!picture || 'value' in picture) throw new Error('a page without its picture')
    pictures.push(
      createHash('sha1')
        .update(await bytesOf(picture.file))
        .digest('hex'),
    )
  }
  return pictures
}

it('encodes only the pictures of refused pages again, with a bound that follows from what was lost', async () => {
  const { chosen, shown, before, images } = await compressedUnder(({ candidate }) =>
    candidate === 0 ? [damaged(2, 1.5)] : [],
  )
  expect(chosen?.winner.report).toMatchObject({ name: 'gentle', outcome: 'won' })
  const [first = [], mended = []] = shown
  expect([mended[0], mended[2]]).toEqual([first[0], first[2]])
  expect(mended[1]).not.toBe(first[1])
  expect(mended[1]).not.toBe(before[1])
  expect(images).toMatchObject({ count: 3, renewed: 3 })
})

it('leaves the pictures of a page as they were that is refused however gently they are encoded', async () => {
  const { chosen, before, shown, images, names } = await compressedUnder(({ pictures, before: old }) =>
    pictures[1] === old[1] ? [] : [damaged(2, 1.2)],
  )
  expect(chosen?.winner.report).toMatchObject({ name: 'gentle', outcome: 'won' })
  const last = shown.at(-1)
  expect(last?.[1]).toBe(before[1])
  expect([last?.[0], last?.[2]]).toEqual([shown[0]?.[0], shown[0]?.[2]])
  expect(images).toMatchObject({ renewed: 2, kept: { 'its page would no longer look the same': 1 } })
  expect(names.filter((name) => name === 'gentle').length).toBeLessThanOrEqual(4)
})

it('ends where a page is refused that is as it was', async () => {
  const { chosen, names } = await compressedUnder(() => [damaged(1, 1.2), damaged(3, 3)])
  expect(chosen).toBeUndefined()
  expect(names.at(-1)).toBe('structure')
  expect(names.filter((name) => name === 'gentle').length).toBeLessThanOrEqual(4)
})
