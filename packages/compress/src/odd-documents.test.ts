import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { createDocument, type PdfDocument } from '@pdf-smaller/testing/pdf/document'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import {
  contentBomb,
  htmlNamedPdf,
  hugePage,
  manyPages,
  textPages,
  truncated,
  withAttachments,
} from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { bytes, type Ref, text } from '@pdf-smaller/testing/pdf/values'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { tagged } from '@pdf-smaller/testing/pdf/tagged'
import { carried, wordsOf } from '../testing/carried.ts'
import { compressBytes, compressFile } from '../testing/context.ts'

const corpus = path.join(import.meta.dirname, '../../../../shared/corpus')
const hostile = existsSync(corpus)
  ? readdirSync(corpus).filter((name) => /^(bad|enc-user).*\.pdf$/.test(name))
  : []

/** How each file made to harm ends; the others are harmless to whom reads them with care. */
const endings: Record<string, string> = {
  'bad-bomb-hugemono-35k.pdf': 'too_many_pixels',
  'bad-fuzz-poppler742.pdf': 'damaged_pdf',
  'bad-header-only.pdf': 'damaged_pdf',
  'bad-missing-xref.pdf': 'damaged_pdf',
  'bad-own-bomb-content-1GiB.pdf': 'decompression_bomb',
  'bad-own-bomb-image-10GB.pdf': 'too_many_pixels',
  'bad-own-notpdf-html.pdf': 'not_a_pdf',
  'bad-own-page-20000in.pdf': 'too_many_pixels',
  'bad-own-postscript.pdf': 'not_a_pdf',
  'bad-own-truncated-60pct.pdf': 'damaged_pdf',
  'bad-own-zero.pdf': 'empty_file',
  'enc-user-128.pdf': 'encrypted_pdf',
  'enc-user-aes256.pdf': 'encrypted_pdf',
}

describe('documents that carry more than pages', () => {
  it.each([
    ['tags', tagged()],
    ['attachments', withAttachments({ 'figures.csv': 'a,b\n1,2\n'.repeat(500) })],
  ])('keep their %s', async (_, pdf) => {
    const { input, output } = await compressBytes(pdf)
    expect(await carried(output)).toEqual(await carried(input))
  })

  it('keep a protection that lets everybody read', async () => {
    const locked = await encrypted(textPages([['readable'], ['by everybody']]), { user: '', owner: 'o' })
    const { output, result } = await compressBytes(locked)
    const protection = (pdf: Buffer) => run(pdf, 'qpdf', ['--show-encryption', '{}'])
    expect(result.gain).toBe('smaller')
    expect(await protection(output)).toBe(await protection(locked))
    expect(await protection(output)).toContain('R = ')
    expect(await wordsOf(output)).toEqual(['readable', 'by', 'everybody'])
  })
})

describe('documents that others take for something else', () => {
  /** A page with a widget, and whatever else. */
  function withWidget(more: (document: PdfDocument, widget: Ref) => void): Buffer {
    const document = createDocument({ title: 'A form of sorts', compress: false })
    const page = document.page()
    for (let line = 0; line < 40; line++)
      page.text({ x: 60, y: 80 + line * 14 }, 'text that packs well', { font: 'Helvetica', size: 10 })
    const entries = { Type: 'Annot', Subtype: 'Widget', FT: 'Tx', T: text('name'), F: 4, V: text('Ada') }
    const widget = document.writer.add({ ...entries, Rect: [60, 700, 200, 720] })
    page.annotate(widget)
    more(document, widget)
    return document.save()
  }
  const signature = {
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    ByteRange: [0, 1, 2, 3],
    Contents: bytes(Buffer.from('00')),
  }

  it.each([
    ['widgets without a form', withWidget(() => {})],
    [
      'a signature that nothing leads to',
      withWidget(({ writer, catalog }, widget) => {
        catalog['AcroForm'] = { Fields: [widget] }
        writer.add(signature)
      }),
    ],
    [
      'settings for the viewer in objects of their own',
      withWidget(({ writer, catalog }, widget) => {
        catalog['AcroForm'] = { Fields: [widget] }
        const range = writer.add([1, writer.add(2)])
        catalog['ViewerPreferences'] = writer.add({
          DisplayDocTitle: writer.add(true),
          PrintPageRange: range,
        })
      }),
    ],
    ['information in objects of their own', withInformation()],
  ])('are made smaller with %s', async (_, pdf) => {
    const { input, output, result } = await compressBytes(pdf)
    expect(result.gain).toBe('smaller')
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
    expect((await run(output, 'pdfinfo', ['{}'])).match(/^(Title|Subject|Pages).*$/gm)).toEqual(
      (await run(input, 'pdfinfo', ['{}'])).match(/^(Title|Subject|Pages).*$/gm),
    )
  })

  it('are refused as signed where a field has the signature', async () => {
    const signed = withWidget(({ writer, catalog }, widget) => {
      const field = writer.add({ FT: 'Sig', T: text('signature'), V: writer.add(signature) })
      catalog['AcroForm'] = { Fields: [widget, field] }
    })
    await expect(compressBytes(signed)).rejects.toMatchObject({ code: 'signed_pdf' })
  })

  /** Each text of the information dictionary is an object of its own, a number above those that pages have. */
  function withInformation(): Buffer {
    const writer = createWriter()
    const [root, tree, page] = [writer.reserve(), writer.reserve(), writer.reserve()]
    const Contents = writer.addStream({}, '0 0 1 rg 10 10 50 50 re f '.repeat(200), { compress: false })
    const Info = writer.add({ Title: writer.add(text('Referred to')), Subject: writer.add(text('Also')) })
    writer.set(page, { Type: 'Page', Parent: tree, MediaBox: [0, 0, 200, 200], Resources: {}, Contents })
    writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
    writer.set(root, { Type: 'Catalog', Pages: tree })
    return writer.save({ Root: root, Info })
  }
})

describe('files that are not worked on', () => {
  it.each([
    ['empty_file', async () => Buffer.alloc(0)],
    ['not_a_pdf', async () => htmlNamedPdf()],
    ['damaged_pdf', async () => truncated(textPages([['cut off']]), 0.2)],
    ['encrypted_pdf', async () => encrypted(textPages([['secret']]), { user: 'u', owner: 'o' })],
    ['signed_pdf', async () => signedLooking()],
    ['too_many_pages', async () => manyPages(30_000)],
    ['too_many_pixels', async () => hugePage()],
    ['decompression_bomb', async () => contentBomb()],
  ])('fail with %s', async (code, make) => {
    await expect(compressBytes(await make())).rejects.toMatchObject({ code })
  })

  it.each(hostile)('%s ends as it should', async (name) => {
    const file = path.join(corpus, name)
    const ended = await compressFile(file).catch((error: unknown) => error)
    if (ended instanceof JobFailure) expect(ended.code).toBe(endings[name])
    else expect(ended).toMatchObject({ result: { bytesBefore: expect.any(Number) } })
    expect(ended instanceof JobFailure).toBe(name in endings)
  })
})
