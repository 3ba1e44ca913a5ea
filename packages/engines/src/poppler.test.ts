import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { engineContext } from '../testing/context.ts'
import { extractImages, placedImages } from './pdfimages.ts'
import { drawPages } from './pdftoppm.ts'
import { textOfPages } from './pdftotext.ts'

const example = (name: string) => path.join(import.meta.dirname, '../../../examples', name)

it('reads text page by page', async () => {
  await using test = await engineContext()
  const pages = await textOfPages(example('bank-statement.pdf'), test.context, 2)
  expect(pages).toHaveLength(2)
  expect(pages[0]).toMatch(/\w{4}/)
})

it('tells where images stand, and how dense they are', async () => {
  await using test = await engineContext()
  const images = await placedImages(example('scan-colour.pdf'), test.context, 2)
  expect(images.map(({ page, type }) => [page, type])).toEqual([
    [1, 'image'],
    [2, 'image'],
  ])
  expect(images[0]).toMatchObject({ components: 3, bits: 8, object: expect.stringMatching(/^\d+ 0$/) })
  expect(images[0]?.ppi).toBeGreaterThan(70)
})

it('draws a range of pages to their size', async () => {
  await using test = await engineContext()
  const range = { first: 9, last: 11, longestSide: 120 }
  const files = await drawPages(example('handbook.pdf'), path.join(test.folder, 'page'), test.context, range)
  expect(files.map(({ page }) => page).sort((a, b) => a - b)).toEqual([9, 10, 11])
  for (const { file } of files)
    expect((await readFile(file)).toString('latin1', 0, 15)).toMatch(/^P6\n\d+ 120\n255\n/)
})

it('takes images out, bitmaps as bitmaps', async () => {
  await using test = await engineContext()
  const files = await extractImages(example('fax.pdf'), path.join(test.folder, 'image'), test.context)
  expect(files.map(({ page, file }) => [page, path.extname(file)])).toEqual([
    [1, '.pbm'],
    [2, '.pbm'],
  ])
})

it('fails on what is no PDF', async () => {
  await using test = await engineContext()
  await expect(textOfPages(import.meta.filename, test.context, 1)).rejects.toMatchObject({
    code: 'engine_failed',
  })
})
