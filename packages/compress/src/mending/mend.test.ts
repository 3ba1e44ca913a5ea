import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { expect, it } from 'vitest'
import { inspectedForCompression } from '../inspect.ts'
import { openDrawnAnew } from './drawn-anew.ts'
import { blamed, blamedNow, type Judged } from './mend.ts'

/** A pass that was refused for pages; for the whole file where there are none. */
const refused = (name: string, pages?: readonly number[]): Judged => ({
  report: { name, outcome: 'rejected' },
  candidate: {
    damages: pages?.map((page) => ({
      page,
      code: 'page_differs' as const,
      damage: `page ${page} looks different`,
    })),
  },
})
const intact = (name: string): Judged => ({ report: { name, outcome: 'kept' }, candidate: {} })

it('blames a pass for what is damaged with it and was not without it', () => {
  const pagesBlamed = (tried: Judged[]) => {
    const mends = blamed(tried, 4)
    return mends && { ...mends, images: mends.images.map(({ page }) => page) }
  }
  const all = [refused('surgical', [1]), refused('fonts', [1, 2, 3]), refused('contents', [1, 3])]
  // New contents bring their own fonts: those of page 2 are not drawn.
  expect(pagesBlamed(all)).toEqual({ images: [1], fonts: [3], contents: [3], slimmed: [] })
  const withoutContents = [refused('surgical', [1]), refused('fonts', [1, 2])]
  expect(pagesBlamed(withoutContents)).toEqual({ images: [1], fonts: [2], contents: [], slimmed: [] })
  expect(pagesBlamed([intact('surgical'), refused('contents')])).toMatchObject({ contents: [1, 2, 3, 4] })
  expect(pagesBlamed([refused('surgical'), refused('contents', [1])])).toBeUndefined()
})

it('gives pages their old contents back, and their old fonts, and no others', async () => {
  await using test = await engineContext()
  const file = path.join(test.folder, 'a.pdf')
  await writeFile(file, textPages([['one'], ['two']]))
  const document = await inspectedForCompression({ path: file }, test.context)
  const { copy, pageReferences } = document
  const contentsOf = () => pageReferences.map((page) => copy.dictionary(page)['/Contents'])
  const drawnAnew = openDrawnAnew(document, new Map())
  const old = contentsOf()
  await drawnAnew.watch(async () => {
    for (const page of pageReferences)
      copy.put(page, { value: { ...copy.dictionary(page), '/Contents': '99 0 R' } })
  })
  expect([...drawnAnew.contents()]).toEqual([1, 2])
  drawnAnew.restoreContents(2)
  expect(contentsOf()).toEqual(['99 0 R', old[1]])
  expect([...drawnAnew.contents()]).toEqual([1])
})

it('blames slimmed fonts for what stays as it is while images come nearer, and gives them back', async () => {
  await using test = await engineContext()
  const file = path.join(test.folder, 'a.pdf')
  await writeFile(file, textPages([['one'], ['two']]))
  const document = await inspectedForCompression({ path: file }, test.context)
  const { copy } = document
  const [font = ''] = [...copy.all.keys()].filter((each) => copy.dictionary(each)['/Type'] === '/Font')
  const whole = copy.all.get(font)
  const slimmed = new Map(whole ? [[font, whole]] : [])
  copy.put(font, { value: { '/Type': '/Font' } })
  const drawnAnew = openDrawnAnew(document, slimmed)
  const images = { mayHelp: () => true, encode: () => Promise.resolve() }
  const damage = {
    page: 2,
    code: 'contrast_lost',
    measured: 0.6,
    limit: 0.7,
    times: 1.3,
    damage: '',
  } as const
  const before = new Map([[2, damage]])
  const nearer = blamedNow([{ ...damage, measured: 0.65 }], before, drawnAnew, images)
  expect(nearer).toMatchObject({ images: [{ page: 2 }], slimmed: [] })
  expect(blamedNow([damage], before, drawnAnew, images)).toMatchObject({ images: [], slimmed: [2] })
  drawnAnew.restoreSlimFonts(2)
  expect(copy.all.get(font)).toBe(whole)
  expect(blamedNow([damage], before, drawnAnew, images)).toMatchObject({ images: [{ page: 2 }], slimmed: [] })
})
