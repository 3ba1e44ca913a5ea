import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { JobFailure } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encrypted } from '../../../../test/fixtures/pdf/encrypted.ts'
import { run } from '../../../../test/fixtures/pdf/inspect.ts'
import {
  contentBomb,
  htmlNamedPdf,
  manyPages,
  textPages,
  truncated,
  withAttachments,
} from '../../../../test/fixtures/pdf/odd-files.ts'
import { signedLooking } from '../../../../test/fixtures/pdf/signed.ts'
import { tagged } from '../../../../test/fixtures/pdf/tagged.ts'
import { compressFile } from '../../testing/context.ts'

const examples = fileURLToPath(new URL('../../../../examples/', import.meta.url))
const corpus = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url))
const pdfsOf = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.pdf'))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-compress-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function compressBytes(pdf: Buffer, options = {}) {
  const file = path.join(folder, 'made.pdf')
  await writeFile(file, pdf)
  return compressFile(file, options)
}

/** What a document carries, by other programs than the judge's own reading: Poppler's text and pages, qpdf's objects. */
async function carried(pdf: Buffer) {
  const [text, pages, json] = await Promise.all([
    run(pdf, 'pdftotext', ['-layout', '{}', '-']),
    run(pdf, 'pdfinfo', ['-l', '100000', '-box', '{}']),
    run(pdf, 'qpdf', [
      '--warning-exit-0',
      '--json=2',
      '--json-key=qpdf',
      '--json-key=acroform',
      '--json-key=outlines',
      '--json-key=attachments',
      '--json-stream-data=none',
      '{}',
    ]),
  ])
  const count = (pattern: RegExp) => json.match(pattern)?.length ?? 0
  return {
    text,
    boxes: pages.split('\n').filter((line) => /^Page +\d+ (size|rot|MediaBox|CropBox)/.test(line)),
    tagged: /Tagged: +yes/.test(pages),
    links: count(/"\/Subtype": "\/Link"/g),
    widgets: count(/"\/Subtype": "\/Widget"/g),
    outline: count(/"destpageposfrom1"/g),
    attachments: count(/"\/Type": "\/EmbeddedFile"/g),
    elements: count(/"\/S": "\/(P|H\d|Table|TR|TD|Figure|Document|L|LI)"/g),
  }
}

describe.each(['low', 'medium', 'high', 'maximum'])('at level %s', (level) => {
  it.each(pdfsOf(examples))('%s loses nothing that it carries, and is never larger', async (name) => {
    const { input, output, result, told } = await compressFile(path.join(examples, name), { level })
    expect(output.length).toBe(result.bytesAfter)
    expect(output.length).toBeLessThanOrEqual(input.length)
    expect(await run(output, 'qpdf', ['--check', '{}'])).toContain(
      'No syntax or stream encoding errors found',
    )
    expect(await carried(output)).toEqual(await carried(input))
    expect(told.length).toBeGreaterThan(3)
    if (result.gain === 'none') expect(output.equals(input)).toBe(true)
    else expect(result.passes.filter(({ outcome }) => outcome === 'won')).toHaveLength(1)
  })
})

it('makes scans and photographs a good deal smaller, more so at higher levels', async () => {
  const ratios = []
  for (const level of ['low', 'medium', 'high', 'maximum']) {
    ratios.push((await compressFile(path.join(examples, 'scan-colour.pdf'), { level })).result.ratio)
  }
  expect(ratios).toEqual([...ratios].sort((a, b) => b - a))
  expect(ratios[1]).toBeLessThan(0.3)
})

describe('documents that carry more than pages', () => {
  it.each([
    ['tags', tagged()],
    ['attachments', withAttachments({ 'figures.csv': 'a,b\n1,2\n'.repeat(500) })],
  ])('keep their %s', async (_, pdf) => {
    const { input, output } = await compressBytes(pdf)
    expect(await carried(output)).toEqual(await carried(input))
  })

  it('stay as they are when nothing helps, with the reason', async () => {
    const { output: small } = await compressBytes(textPages([['Just this.']]))
    const { result, output, input } = await compressBytes(small)
    expect(result).toMatchObject({ gain: 'none', reason: expect.stringMatching(/\w/) })
    expect(output.equals(input)).toBe(true)
  })
})

describe('files that are not worked on', () => {
  it('keep a protection that lets everybody read', async () => {
    const locked = await encrypted(textPages([['readable']]), { user: '', owner: 'o' })
    const { output } = await compressBytes(locked)
    const protection = (pdf: Buffer) => run(pdf, 'qpdf', ['--show-encryption', '{}'])
    expect(await protection(output)).toBe(await protection(locked))
    expect(await protection(output)).toContain('R = ')
    expect(await carried(output)).toEqual(await carried(locked))
  })

  it.each([
    ['empty_file', async () => Buffer.alloc(0)],
    ['not_a_pdf', async () => htmlNamedPdf()],
    ['damaged_pdf', async () => truncated(textPages([['cut off']]), 0.2)],
    ['encrypted_pdf', async () => encrypted(textPages([['secret']]), { user: 'u', owner: 'o' })],
    ['signed_pdf', async () => signedLooking()],
    ['too_many_pages', async () => manyPages(30_000)],
    ['decompression_bomb', async () => contentBomb()],
  ])('fail with %s', async (code, make) => {
    const failure = await compressBytes(await make()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(JobFailure)
    expect(failure).toMatchObject({ code })
  })
})

describe.runIf(existsSync(corpus))('the corpus of real documents', () => {
  const groups = /^(scan|image|text|form|mixed|inv|bank)-/
  it.each(existsSync(corpus) ? pdfsOf(corpus).filter((name) => groups.test(name)) : [])(
    '%s',
    async (name) => {
      const compressed = await compressFile(path.join(corpus, name)).catch((error: unknown) => error)
      // A form with usage rights is signed.
      if (compressed instanceof JobFailure) return expect(compressed.code).toBe('signed_pdf')
      if (compressed instanceof Error || typeof compressed !== 'object' || compressed === null)
        throw compressed
      const { input, output } = compressed as Awaited<ReturnType<typeof compressFile>>
      expect(output.length).toBeLessThanOrEqual(input.length)
      const [before, after] = [await carried(input), await carried(output)]
      expect(after).toEqual(before)
    },
  )

  const hostile = /^bad-/
  it.each(existsSync(corpus) ? pdfsOf(corpus).filter((name) => hostile.test(name)) : [])(
    '%s ends soon, with a clear failure or unharmed',
    async (name) => {
      const ended = await compressFile(path.join(corpus, name)).catch((error: unknown) => error)
      if (ended instanceof JobFailure) expect(ended.code).not.toBe('internal_error')
      else expect(ended).toMatchObject({ result: { bytesBefore: expect.any(Number) } })
    },
    40_000,
  )
})
