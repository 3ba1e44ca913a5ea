import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { renderPages } from '@pdf-smaller/engines'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { fitToLetters } from './fit-to-letters.ts'
import { measured } from './measured.ts'

const invoice = path.join(import.meta.dirname, '../../../examples/invoice.pdf')

it('makes the picture of a page smaller by the height of its letters, and by no more than allowed', async () => {
  await using test = await engineContext()
  const drawing = {
    first: 1,
    last: 1,
    colours: 'grayscale',
    as: { format: 'tiff' },
    timeoutMs: 60_000,
  } as const
  const [drawn] = await renderPages(invoice, path.join(test.folder, 'page'), test.context, {
    ...drawing,
    scale: { dpi: 600 },
  })
  const fit = async (leastDpi: number) => {
    const file = path.join(test.folder, `${leastDpi}.tif`)
    await copyFile(drawn?.file ?? '', file)
    const picture = { file, dpi: 600 }
    const page = await measured(picture, test.context)
    const fitted = await fitToLetters(picture, page, leastDpi, test.context)
    const { width, channels } = await sharp(fitted.file).metadata()
    return { dpi: fitted.dpi, inches: width / fitted.dpi, channels }
  }
  const free = await fit(100)
  expect(free.dpi).toBeGreaterThan(150)
  expect(free.dpi).toBeLessThan(400)
  expect(free.inches).toBeCloseTo(8.27, 1)
  expect(free.channels).toBe(1)
  expect((await fit(500)).dpi).toBe(500)
  expect((await fit(600)).dpi).toBe(600)
})
