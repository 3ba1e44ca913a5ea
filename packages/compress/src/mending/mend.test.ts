import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { expect, it } from 'vitest'
import { inspectedForCompression } from '../inspect.ts'
import { openDrawnAnew } from './drawn-anew.ts'
import { blamed, type Judged } from './mend.ts'

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
  expect(pagesBlamed(all)).toEqual({ images: [1], fonts: [3], contents: [3] })
  const withoutContents = [refused('surgical', [1]), refused('fonts', [1, 2])]
  expect(pagesBlamed(withoutContents)).toEqual({ images: [1], fonts: [2], contents: [] })
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
  const drawnAnew = openDrawnAnew(document)
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
