import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readPdf } from '@pdf-smaller/pdf'
import { describe, expect, it } from 'vitest'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { isSamePage } from './same-page.ts'

type Made = {
  content?: string
  second?: string
  /** Names of fonts beside /F. */
  fonts?: string[]
  image?: string
  size?: number
  form?: object
  entries?: object
  padding?: number
}

/** A page with text, a picture and a form; padding gives all objects other numbers. */
function made({
  content,
  second = '',
  fonts = [],
  image = 'abc',
  size = 10,
  form,
  entries,
  padding = 0,
}: Made = {}) {
  const writer = createWriter()
  for (let each = 0; each < padding; each++) writer.add(each)
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const font = writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' })
  const box = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, size, size] }
  const drawn = writer.addStream({ ...box, ...(form ?? { Resources: {} }) }, '0 0 5 5 re f')
  const picture = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: 1,
    Height: 1,
    ColorSpace: 'DeviceRGB',
    BitsPerComponent: 8,
  }
  const page = writer.add({
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, 100, 100],
    Resources: {
      Font: Object.fromEntries(['F', ...fonts].map((name) => [name, font])),
      XObject: { P: writer.addStream(picture, image), D: drawn },
    },
    Contents: [
      writer.addStream({}, content ?? 'BT /F 12 Tf (text) Tj ET q 9 0 0 9 0 0 cm /P Do Q /D Do'),
      writer.addStream({}, second),
    ],
    ...entries,
  })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}

async function isSame(before: Made, after: Made): Promise<boolean> {
  await using test = await engineContext()
  const read = async (what: Made, name: string) => {
    const file = path.join(test.folder, name)
    await writeFile(file, made(what))
    const { objects, pages } = await readPdf(file, test.context)
    return { objects, page: pages[0] ?? '' }
  }
  return await isSamePage(await read(before, 'before.pdf'), await read(after, 'after.pdf'))
}

const noted = { Annots: [{ Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 9, 9] }] }

describe('a page that draws from the same bytes', () => {
  it.each([
    ['as it is', {}, {}],
    ['under other numbers', {}, { padding: 7 }],
    ['without a font that it does not name', { fonts: ['Other'] }, {}],
  ] satisfies [string, Made, Made][])('is the same %s', async (_, before, after) => {
    expect(await isSame(before, after)).toBe(true)
  })

  it.each([
    ['with other contents', {}, { second: '0 0 9 9 re f' }],
    ['with another picture', {}, { image: 'abd' }],
    ['with another entry within', {}, { size: 11 }],
    ['without a font that it names', { fonts: ['G'], second: 'BT /G 9 Tf ET' }, { second: 'BT /G 9 Tf ET' }],
    [
      'without one that it may name in another notation',
      { fonts: ['G'], second: '/#47 9 Tf' },
      { second: '/#47 9 Tf' },
    ],
    ['without one that a form of it may name', { fonts: ['G'], form: {} }, { form: {} }],
    ['with notes, though they are the same', { entries: noted }, { entries: noted }],
    ['with what a layer may hide', { form: { OC: {} } }, { form: { OC: {} } }],
  ] satisfies [string, Made, Made][])('is not known to be the same %s', async (_, before, after) => {
    expect(await isSame(before, after)).toBe(false)
  })
})
