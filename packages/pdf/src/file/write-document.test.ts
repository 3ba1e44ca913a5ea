import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import type { NewObject } from './new-object.ts'
import { serialise } from '../objects/serialise.ts'
import { type FileSlice, wholeFile } from '../objects/pdf-objects.ts'
import { textBytes } from '../objects/text-string.ts'
import { writeDocument } from './write-document.ts'

it.each([
  [1.5, '1.5'],
  [1e-7, '0.0000001'],
  ['3 0 R', '3 0 R'],
  ['/Type', '/Type'],
  ['/a b#', '/a#20b#23'],
  ['/Gr\u00f6\u00dfe', '/Gr#f6#dfe'],
  [[1, null, true], '[1 null true]'],
  [{ '/A': 1, '/B': null, '/C': '/D' }, '<</A 1/C/D>>'],
  ['u:a (b)', String.raw`(a \(b\))`],
  ['u:•', '<80>'],
  ['u:日', '<feff65e5>'],
  ['b:00ff', '<00ff>'],
])('writes %j as %s', (value, syntax) => {
  expect(serialise(value)).toBe(syntax)
})

it('writes text in one byte a character where it can', () => {
  expect(textBytes('“Zoë”…').toString('hex')).toBe('8d5a6feb8e83')
  expect(textBytes('\u00ad').toString('hex')).toBe('feff00ad')
})

/** A document of so many pages with one font, and one content stream that stands in a file. */
function pages(count: number, file: FileSlice): NewObject[] {
  const kids = Array.from({ length: count }, (_, index) => `${index + 5} 0 R`)
  const page = { '/Type': '/Page', '/Parent': '2 0 R', '/MediaBox': [0, 0, 200, 99.5], '/Contents': '3 0 R' }
  return [
    { value: { '/Type': '/Catalog', '/Pages': '2 0 R' } },
    { value: { '/Type': '/Pages', '/Kids': kids, '/Count': count } },
    { dictionary: {}, file },
    { value: { '/Type': '/Font', '/Subtype': '/Type1', '/BaseFont': '/Helvetica' } },
    ...kids.map(() => ({ value: { ...page, '/Resources': { '/Font': { '/F': '4 0 R' } } } })),
  ]
}

it('writes documents that other programs read', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-pdf-'))
  try {
    const [content, output] = [path.join(folder, 'content'), path.join(folder, 'out.pdf')]
    await writeFile(content, 'BT /F 12 Tf 20 50 Td (written) Tj ET')
    const bytes = await writeDocument(output, {
      objects: pages(700, await wholeFile(content)),
      trailer: { '/Root': '1 0 R' },
    })
    const pdf = await readFile(output)
    expect(pdf).toHaveLength(bytes)
    expect(await qpdfCheck(pdf)).toContain('No syntax or stream encoding errors')
    expect((await run(pdf, 'pdftotext', ['{}', '-'])).match(/written/g)).toHaveLength(700)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('leaves out what nothing leads to', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-write-'))
  try {
    const file = path.join(folder, 'new.pdf')
    const objects: NewObject[] = [
      { value: { '/Type': '/Catalog', '/Pages': '3 0 R' } },
      { dictionary: { '/Of': '3 0 R' }, data: Buffer.from('of nobody') },
      { value: { '/Type': '/Pages', '/Kids': ['4 0 R'], '/Count': 1 } },
      { value: { '/Type': '/Page', '/Parent': '3 0 R', '/MediaBox': [0, 0, 9, 9], '/Resources': {} } },
    ]
    await writeDocument(file, { objects, trailer: { '/Root': '1 0 R' } })
    const bytes = await readFile(file)
    expect(bytes.includes('of nobody')).toBe(false)
    expect(await qpdfCheck(bytes)).toContain('No syntax or stream encoding errors')
  } finally {
    await rm(folder, { recursive: true })
  }
})
