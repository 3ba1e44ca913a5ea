import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encrypted } from '../../../test/fixtures/pdf/encrypted.ts'
import { textPages, truncated, withAttachments } from '../../../test/fixtures/pdf/odd-files.ts'
import { engineContext } from '../testing/context.ts'
import { pageCount, readObjects, rewrite } from './qpdf.ts'

const twoPages = textPages([['first'], ['second']])

async function withFile(pdf: Buffer) {
  const test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  await writeFile(file, pdf)
  return { ...test, file }
}

it('counts pages', async () => {
  await using test = await withFile(twoPages)
  await expect(pageCount(test.file, test.context)).resolves.toEqual({ pages: 2, repaired: false })
})

it.each([
  ['damaged_pdf', truncated(twoPages, 0.2)],
  ['damaged_pdf', Buffer.from('%PDF-1.7\n')],
  ['encrypted_pdf', await encrypted(twoPages, { user: 'u', owner: 'o' })],
])('tells that it cannot read a file: %s', async (code, pdf) => {
  await using test = await withFile(pdf)
  await expect(pageCount(test.file, test.context)).rejects.toMatchObject({ code })
  await expect(readObjects(test.file, test.context, {})).rejects.toMatchObject({ code })
})

it('reads objects, with their streams beside', async () => {
  await using test = await withFile(withAttachments({ 'a.csv': 'x' }))
  const streams = path.join(test.folder, 's')
  const json = await readObjects(test.file, test.context, {
    streams,
    keys: ['pages', 'attachments', 'encrypt'],
  })
  expect(json.pages).toHaveLength(1)
  expect(Object.keys(json.attachments ?? {})).toEqual(['a.csv'])
  expect(json.encrypt).toMatchObject({ encrypted: false })
  const files = Object.values(json.qpdf[1]).flatMap(
    (entry) => /"datafile":"([^"]+)"/.exec(JSON.stringify(entry))?.[1] ?? [],
  )
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) expect((await readFile(file)).length).toBeGreaterThan(0)
})

it('tells whether a protected file opens for everybody', async () => {
  await using test = await withFile(await encrypted(twoPages, { user: '', owner: 'o' }))
  const { encrypt } = await readObjects(test.file, test.context, { keys: ['encrypt'] })
  expect(encrypt).toMatchObject({ encrypted: true, userpasswordmatched: true })
})

it('writes a document anew with an object changed', async () => {
  await using test = await withFile(twoPages)
  const json = await readObjects(test.file, test.context, {})
  const [head, objects] = json.qpdf
  const [key, page] = Object.entries(objects).find(([, each]) =>
    JSON.stringify(each).includes('"/Type":"/Page"'),
  ) ?? ['', {}]
  const update = path.join(test.folder, 'update.json')
  const turned = JSON.parse(JSON.stringify(page).replace('"/Type":"/Page"', '"/Type":"/Page","/Rotate":90'))
  await writeFile(
    update,
    JSON.stringify({ version: 2, parameters: { decodelevel: 'none' }, qpdf: [head, { [key]: turned }] }),
  )
  const output = path.join(test.folder, 'out.pdf')
  await rewrite(test.file, output, test.context, { update })
  const after = await readObjects(output, test.context, {})
  expect(JSON.stringify(after)).toContain('"/Rotate":90')
})
