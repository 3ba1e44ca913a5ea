import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { textPages, truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { engineContext } from '../testing/context.ts'
import { textOfPages } from './pdftotext.ts'
import { encryptAs, normalForm, readEncryption } from './qpdf.ts'

const twoPages = textPages([['first'], ['second']])

async function withFile(pdf: Buffer) {
  const test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  await writeFile(file, pdf)
  return { ...test, file }
}

it.each([
  ['damaged_pdf', truncated(twoPages, 0.2)],
  ['damaged_pdf', Buffer.from('%PDF-1.7\n')],
  ['encrypted_pdf', await encrypted(twoPages, { user: 'u', owner: 'o' })],
])('tells that it cannot read a file: %s', async (code, pdf) => {
  await using test = await withFile(pdf)
  const output = path.join(test.folder, 'out.pdf')
  await expect(normalForm(test.file, output, test.context)).rejects.toMatchObject({ code })
})

it('tells whether a protected file opens for everybody', async () => {
  await using test = await withFile(await encrypted(twoPages, { user: '', owner: 'o' }))
  await expect(readEncryption(test.file, test.context)).resolves.toMatchObject({
    encrypted: true,
    userpasswordmatched: true,
  })
})

it('tells that a file is not protected', async () => {
  await using test = await withFile(twoPages)
  await expect(readEncryption(test.file, test.context)).resolves.toBeUndefined()
})

it('writes a broken file as it is to be read', async () => {
  await using test = await withFile(
    Buffer.from(twoPages.toString('latin1').replace(/startxref\s+\d+/, 'startxref\n1'), 'latin1'),
  )
  const output = path.join(test.folder, 'out.pdf')
  await expect(normalForm(test.file, output, test.context)).resolves.toBe(true)
  await expect(normalForm(output, `${output}.again`, test.context)).resolves.toBe(false)
  await expect(textOfPages(output, test.context, 2)).resolves.toEqual(['first\n\n', 'second\n\n'])
})

it('gives a document the protection of another', async () => {
  await using test = await withFile(await encrypted(twoPages, { user: '', owner: 'o' }))
  const [plain, output] = ['plain.pdf', 'out.pdf'].map((name) => path.join(test.folder, name))
  if (!plain || !output) throw new Error('no names')
  await normalForm(test.file, plain, test.context)
  await expect(readEncryption(plain, test.context)).resolves.toBeUndefined()
  await encryptAs(test.file, plain, output, test.context)
  await expect(readEncryption(output, test.context)).resolves.toEqual(
    await readEncryption(test.file, test.context),
  )
})
