import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { encrypted } from '../../../test/fixtures/pdf/encrypted.ts'
import { run } from '../../../test/fixtures/pdf/inspect.ts'
import {
  contentBomb,
  htmlNamedPdf,
  hugePage,
  manyPages,
  textPages,
  truncated,
  withAttachments,
} from '../../../test/fixtures/pdf/odd-files.ts'
import { signedLooking } from '../../../test/fixtures/pdf/signed.ts'
import { tagged } from '../../../test/fixtures/pdf/tagged.ts'
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

  it.each(hostile)('%s ends soon, as it should', async (name) => {
    const startedAt = performance.now()
    const file = path.join(corpus, name)
    const ended = await compressFile(file).catch((error: unknown) => error)
    expect(performance.now() - startedAt).toBeLessThan(20_000)
    if (ended instanceof JobFailure) expect(ended.code).toBe(endings[name])
    else expect(ended).toMatchObject({ result: { bytesBefore: expect.any(Number) } })
    expect(ended instanceof JobFailure).toBe(name in endings)
  })
})
