import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { engineContext } from '../testing/context.ts'
import { redraw } from './ghostscript.ts'
import { textOfPages } from './pdftotext.ts'

const handbook = path.join(import.meta.dirname, '../../../examples/handbook.pdf')

it('draws all pages anew', async () => {
  await using test = await engineContext()
  const output = path.join(test.folder, 'out.pdf')
  await redraw(handbook, output, test.context, { pages: 40, grayscale: false })
  expect(await textOfPages(output, test.context, 40)).toHaveLength(40)
  expect((await stat(output)).size).toBeLessThan((await stat(handbook)).size)
})

it.each([
  ['no PDF', 'not a PDF at all'],
  ['PostScript that reads files', '%!PS\n(/etc/passwd) (r) file pop quit'],
  ['a header only', '%PDF-1.7\n%%EOF\n'],
])('fails on %s', async (_, content) => {
  await using test = await engineContext()
  const input = path.join(test.folder, 'in.pdf')
  await writeFile(input, content)
  const drawing = redraw(input, path.join(test.folder, 'out.pdf'), test.context, {
    pages: 1,
    grayscale: false,
  })
  await expect(drawing).rejects.toMatchObject({ code: 'engine_failed' })
})

it('is stopped when it takes too long', async () => {
  await using test = await engineContext()
  const input = path.join(test.folder, 'in.ps')
  await writeFile(input, '%!PS\n{ } loop')
  const drawing = redraw(input, path.join(test.folder, 'out.pdf'), test.context, {
    pages: -5,
    grayscale: false,
  })
  await expect(drawing).rejects.toMatchObject({ code: 'engine_timeout' })
})
