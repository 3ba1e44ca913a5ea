import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { aPage, catalogue, contents, onePage, RawDocument } from '../../testing/raw-document.ts'
import { bytesOf } from './working-copy.ts'
import { openDocument } from './open-document.ts'

const root = '/Root 1 0 R/Size 5'
const whole = (document = new RawDocument()) =>
  document.object(1, catalogue).object(2, onePage).object(3, aPage).stream(4, '', contents)
const direct = '<</Type/Pages/Kids[3 0 R]/Count 1>>'

/** A document that viewers show and qpdf 11.3 does not, or that has its pages in another place. */
const documents: Record<string, () => RawDocument> = {
  'whose trailer cannot be read': () =>
    whole().add(`xref\n0 0\ntrailer\n${'<'.repeat(3000)}\nstartxref\n0\n%%EOF\n`),
  'whose last trailer names no catalogue': () =>
    whole(
      new RawDocument().object(1, '<<>>').add(`xref\n0 0\ntrailer\n<<${root}>>\nstartxref\n0\n%%EOF\n`),
    ).add('xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2>>\nstartxref\n0\n%%EOF\n'),
  'whose objects were written anew behind others': () =>
    whole(new RawDocument().object(1, '<</Type/Catalog>>').object(3, '(old)')).add('trailer\n<<\n'),
  'whose catalogue leads to a page': () =>
    new RawDocument()
      .object(1, '<</Type/Catalog/Pages 3 0 R>>')
      .object(3, aPage)
      .stream(4, '', contents)
      .table(root),
  'whose catalogue holds its page tree': () =>
    new RawDocument()
      .object(1, `<</Type/Catalog/Pages ${direct}>>`)
      .object(3, aPage)
      .stream(4, '', contents)
      .table(root),
}

describe('a document is opened', () => {
  it.each(Object.entries(documents))('%s', async (_, make) => {
    await using test = await engineContext()
    const file = path.join(test.folder, 'in.pdf')
    await writeFile(file, make().bytes())
    const { read, pages, repairs, source } = await openDocument(file, test.context)
    expect(repairs).not.toEqual([])
    expect(source).not.toBe(file)
    const [page, ...more] = pages.map((reference) => read.objects.get(reference))
    expect(more).toEqual([])
    expect(page).toMatchObject({ value: { '/MediaBox': [0, 0, 200, 100] } })
    const streams = [...read.objects.values()].flatMap((object) => ('value' in object ? [] : [object.file]))
    expect(await Promise.all(streams.map(bytesOf))).toEqual([contents])
  })

  it('never, where nothing in it is a page', async () => {
    await using test = await engineContext()
    const file = path.join(test.folder, 'in.pdf')
    await writeFile(file, new RawDocument().object(1, '<</Type/Catalog/Pages 1 0 R>>').bytes())
    await expect(openDocument(file, test.context)).rejects.toMatchObject({ code: 'damaged_pdf' })
  })
})
