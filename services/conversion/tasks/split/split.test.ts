import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { manyPages, textPages, truncated, withAttachments } from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { tagged } from '@pdf-smaller/testing/pdf/tagged'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { fieldsOf, linksOf, looksOf, outlineTitles } from '../../testing/look.ts'
import { unzip } from '../../testing/unzip.ts'
import { PartEntry } from './result.ts'
import { split } from './task.ts'

const root = path.join(import.meta.dirname, '../../../..')
const corpus = path.join(root, '../shared/corpus')
const example = (name: string) => readFile(path.join(root, 'examples', name))
const Manifest = z.strictObject({ source: z.string(), files: z.array(PartEntry) })

/** Splits a file named doc.pdf, and looks whether the results are sound and the manifest tells of them. */
async function splitUp(pdf: Buffer, options: object = {}) {
  const { result, outputs } = await runTask(split, [{ name: 'doc.pdf', bytes: pdf }], options)
  expect(outputs.map(({ name, contentType }) => [name, contentType])).toEqual([
    ['doc.zip', 'application/zip'],
  ])
  const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
  const manifest = Manifest.parse(JSON.parse(files.get('manifest.json')?.toString() ?? ''))
  const parts = manifest.files.map(({ file }) => files.get(file) ?? Buffer.alloc(0))
  expect(files.size).toBe(parts.length + 1)
  expect(manifest.files.map(({ bytes }) => bytes)).toEqual(parts.map(({ length }) => length))
  expect(result.files).toBe(parts.length)
  for (const part of parts.slice(0, 10)) await qpdfCheck(part)
  return { result, parts, entries: manifest.files, names: manifest.files.map(({ file }) => file) }
}

/** A box of a wide page, as long as one of a usual size. */
const wideBox = (usual: string) => '/MediaBox [0 0 20000 100]'.padEnd(usual.length)

describe('split', () => {
  it('makes a file of every so many pages, each as it looked', async () => {
    const handbook = await example('handbook.pdf')
    const { parts, names, entries } = await splitUp(handbook, { every: 15 })
    expect(names).toEqual(['doc-01-15.pdf', 'doc-16-30.pdf', 'doc-31-40.pdf'])
    expect(entries.map(({ pages }) => pages)).toEqual([15, 15, 10])
    const looks = await Promise.all(parts.map(looksOf))
    expect(looks.flat()).toEqual(await looksOf(handbook))
  })

  it('makes a file of each range', async () => {
    const { parts, names } = await splitUp(textPages(['a', 'b', 'c', 'd', 'e'].map((line) => [line])), {
      by: 'ranges',
      ranges: '1-2,2-4,last,even',
      name: '{index}',
    })
    expect(names).toEqual(['1.pdf', '2.pdf', '3.pdf', '4.pdf'])
    const texts = await Promise.all(parts.map((part) => run(part, 'pdftotext', ['{}', '-'])))
    expect(texts.map((text) => text.replaceAll(/\s/g, ''))).toEqual(['ab', 'bcd', 'e', 'bd'])
  })

  it('cuts before the entries of the outline, and names files by them', async () => {
    const { names, result, parts } = await splitUp(await example('handbook.pdf'), {
      by: 'outline',
      name: '{index} {title}',
    })
    expect(names).toEqual([
      '01 doc.pdf',
      '02 Contents.pdf',
      '03 Part 1_ Foundations.pdf',
      '04 Part 2_ Keeping.pdf',
      '05 Part 3_ Using.pdf',
    ])
    expect(result.kept.outline).toEqual({ kept: 52, dropped: 0 })
    const outline = await outlineTitles(parts[2] ?? Buffer.alloc(0))
    expect(outline[0]).toMatchObject({ title: 'Part 1: Foundations', page: 1 })
  })

  it('keeps links that lead to pages of the same file, and counts the others', async () => {
    const handbook = await example('handbook.pdf')
    const all = (await linksOf(handbook)).flat().length
    const { parts, result } = await splitUp(handbook, { every: 20 })
    const links = await Promise.all(parts.map(linksOf))
    const kept = links.flat(2)
    expect(kept.every((page) => page >= 1 && page <= 20)).toBe(true)
    expect(kept.length).toBeGreaterThan(0)
    // One leads to the world outside, and is kept.
    expect(result.kept.links).toEqual({ kept: kept.length + 1, dropped: all - kept.length })
    expect(result.kept.labels).toBe(true)
  })

  it('makes files of a size', async () => {
    const brochure = await example('handbook.pdf')
    const { result, parts } = await splitUp(brochure, { by: 'size', megabytes: 0.08 })
    expect(result).toMatchObject({ tooLarge: 0, pages: 40 })
    expect(result.largest).toBeLessThanOrEqual(80_000)
    // Two neighbours together would be too large.
    for (const [index, part] of parts.slice(1).entries())
      expect(part.length + (parts[index]?.length ?? 0)).toBeGreaterThan(80_000)
  })

  it('tells of pages that are larger than a file may be', async () => {
    const { result } = await splitUp(await example('scan-colour.pdf'), { by: 'size', megabytes: 0.01 })
    expect(result).toMatchObject({ files: 2, tooLarge: 2 })
  })

  it('cuts at blank pages, and leaves them out', async () => {
    const { entries, result } = await splitUp(textPages([['a'], ['b'], [], ['c'], [], []]), { by: 'blank' })
    expect(entries.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [4, 4],
    ])
    expect(result.pages).toBe(3)
  })

  it('takes odd and even pages apart', async () => {
    const { entries } = await splitUp(textPages([['a'], ['b'], ['c']]), { by: 'parity' })
    expect(entries.map(({ from, to, pages }) => [from, to, pages])).toEqual([
      [1, 3, 2],
      [2, 2, 1],
    ])
  })

  it('keeps fields with their pages, tags, and tells what no file has', async () => {
    const form = await example('form.pdf')
    const { parts, result } = await splitUp(form)
    expect(await fieldsOf(parts[0] ?? form)).toEqual(await fieldsOf(form))
    expect(result.kept.fields.dropped).toBe(0)
    expect((await splitUp(tagged())).result.kept.tags).toBe(true)
    expect((await splitUp(withAttachments({ 'a.csv': '1' }))).result.dropped).toEqual(['attached files'])
  })

  it('writes more than a thousand files', async () => {
    const { result } = await splitUp(manyPages(1100))
    expect(result).toMatchObject({ files: 1100, pages: 1100 })
  })

  it('makes titles safe, and names that are the same different', async () => {
    const document = createDocument({ title: 'x' })
    const pages = [document.page(), document.page(), document.page()]
    const outline = document.writer.reserve()
    const items = pages.map(() => document.writer.reserve())
    for (const [index, page] of pages.entries())
      document.writer.set(items[index] ?? outline, {
        Title: { token: '(../a/b: "c"?)' },
        Parent: outline,
        Dest: [page.ref, 'Fit'],
        Next: items[index + 1],
        Prev: items[index - 1],
      })
    document.writer.set(outline, { Type: 'Outlines', First: items[0], Last: items[2], Count: 3 })
    document.catalog['Outlines'] = outline
    const { names } = await splitUp(document.save(), { by: 'outline', name: '{title}' })
    expect(names).toEqual(['..-a-b_ _c__.pdf', '..-a-b_ _c__ (2).pdf', '..-a-b_ _c__ (3).pdf'])
  })

  it('takes pages of any size where none is drawn', async () => {
    const document = createDocument({ title: 'x' })
    document.page()
    const usual = document.save().toString('latin1')
    const large = Buffer.from(usual.replaceAll(/\/MediaBox \[[^\]]*\]/g, wideBox), 'latin1')
    const { parts } = await splitUp(large)
    expect(await run(parts[0] ?? large, 'pdfinfo', ['{}'])).toContain('20000 x 100 pts')
    await expect(splitUp(large, { by: 'blank' })).rejects.toMatchObject({ code: 'too_many_pixels' })
  })

  it.each([
    ['no_such_page', textPages([['x']]), { by: 'ranges', ranges: '2' }],
    ['no_such_page', textPages([['x'], ['y']]), { by: 'ranges', ranges: '2-1' }],
    ['no_such_page', textPages([[], []]), { by: 'blank' }],
    ['invalid_options', textPages([['x']]), { by: 'outline' }],
    ['signed_pdf', signedLooking(), {}],
    ['damaged_pdf', truncated(textPages([['cut']]), 0.2), {}],
  ])('fails with %s', async (code, pdf, options) => {
    await expect(splitUp(pdf, options)).rejects.toMatchObject({ code })
  })

  it.each([
    [{ by: 'ranges' }, 'ranges'],
    [{ by: 'size' }, 'megabytes'],
    [{ every: 0 }, 'every'],
    [{ by: 'ranges', ranges: '' }, 'ranges'],
    [{ name: '{page}' }, 'name'],
  ])('refuses %j', (options, path) => {
    expect(split.options.safeParse(options).error?.issues[0]?.path).toEqual([path])
  })

  it
    .runIf(existsSync(corpus))
    .each(['text-tagged.pdf', 'form-f1040.pdf', 'inv-zugferd-einfach.pdf', 'mixed-indirect-rot.pdf'])(
    'splits %s, each page as it looked',
    async (name) => {
      const pdf = await readFile(path.join(corpus, name))
      const { parts } = await splitUp(pdf)
      const looks = await Promise.all(parts.map(looksOf))
      expect(looks.flat()).toEqual(await looksOf(pdf))
    },
  )
})
