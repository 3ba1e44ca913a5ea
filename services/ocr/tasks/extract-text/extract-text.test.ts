import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { manyPages, truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { errorRate } from '@pdf-smaller/recognition/testing/error-rate'
import { extractText } from './task.ts'

const root = path.join(import.meta.dirname, '../../../..')
const corpus = path.join(root, '../shared/corpus')
const example = (name: string) => readFile(path.join(root, 'examples', name))
const sample = (name: string) => readFile(path.join(corpus, name))

async function extract(bytes: Buffer, options: object = {}) {
  const { result, outputs } = await runTask(extractText, [{ name: 'doc.pdf', bytes }], options)
  return { result, text: outputs[0]?.bytes.toString() ?? '', name: outputs[0]?.name }
}

const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const Font = z.strictObject({
  name: z.string(),
  size: z.number().positive(),
  bold: z.boolean(),
  italic: z.boolean(),
})
const Word = z.strictObject({
  text: z.string().min(1),
  box: Box,
  source: z.enum(['digital', 'ocr']),
  font: z.int().optional(),
  confidence: z.number().min(0).max(100).optional(),
})
const Line = z.strictObject({ box: Box, text: z.string(), words: z.array(Word).min(1) })
const Page = z.strictObject({
  page: z.int(),
  width: z.number().positive(),
  height: z.number().positive(),
  confidence: z.number().optional(),
  fonts: z.array(Font),
  blocks: z.array(z.strictObject({ box: Box, lines: z.array(Line).min(1) })),
})
const Json = z.strictObject({
  unit: z.literal('pt'),
  origin: z.literal('top-left'),
  box: z.array(z.string()).length(4),
  pages: z.array(Page),
})
const parsed = (text: string) => Json.parse(JSON.parse(text)).pages

describe('text', () => {
  it('reads columns one after the other', async () => {
    const { text, result } = await extract(await sample('text-own-twocol-3p.pdf'))
    const truth = await readFile(path.join(corpus, 'text-own-twocol-3p.truth.txt'), 'utf8')
    expect(errorRate(text, truth)).toBeLessThan(0.02)
    expect(result).toMatchObject({ pages: 3, of: 3, digital: 3, withoutText: [], recognition: { pages: 0 } })
  })

  it('keeps the rows of a table with layout', async () => {
    const { text } = await extract(await example('bank-statement.pdf'), { layout: true, pages: '1' })
    expect(text).toMatch(/^ *03 Feb +DIRECT DEBIT .* {5,}87\.34 {5,}559\.00$/m)
    expect(text.split('\f')).toHaveLength(1)
  })

  it('takes only the pages asked for, in their order', async () => {
    const { text, result, name } = await extract(manyPages(250), { pages: '240-,3' })
    expect(result).toMatchObject({ pages: 12, of: 250 })
    expect(text.split('\f')).toHaveLength(12)
    expect(name).toBe('doc.txt')
  })

  it('tells of pages without text', async () => {
    const { result } = await extract(await sample('mixed-own-2text-2scan.pdf'))
    expect(result.digital).toBe(2)
    expect(result.withoutText).toHaveLength(2)
  })
})

describe('JSON', () => {
  it('gives each word its place on the page', async () => {
    const { text } = await extract(await example('invoice.pdf'), { format: 'json' })
    const [page] = parsed(text)
    if (!page) throw new Error('there is no page')
    const words = page.blocks.flatMap(({ lines }) => lines.flatMap((line) => line.words))
    expect(words.length).toBeGreaterThan(20)
    for (const { box, source } of words) {
      const [left, top, right, bottom] = box
      expect(source).toBe('digital')
      expect(left).toBeLessThan(right)
      expect(top).toBeLessThan(bottom)
      expect(right).toBeLessThanOrEqual(page.width)
      expect(bottom).toBeLessThanOrEqual(page.height)
    }
  })

  it('has the words of scanned pages, too, with how sure they are', async () => {
    const { text, result } = await extract(await sample('mixed-own-2text-2scan.pdf'), {
      format: 'json',
      ocr: 'pages-without-text',
    })
    const sources = parsed(text).map(({ blocks }) => blocks[0]?.lines[0]?.words[0]?.source)
    expect(sources.filter((each) => each === 'ocr')).toHaveLength(2)
    expect(sources.filter((each) => each === 'digital')).toHaveLength(2)
    expect(result).toMatchObject({
      withoutText: [],
      recognition: { pages: 2, lowConfidence: [], failed: [] },
    })
    expect(result.recognition.confidence).toBeGreaterThan(80)
  })
})

it('makes headings and paragraphs of Markdown', async () => {
  const { text } = await extract(await example('handbook.pdf'), { format: 'markdown', pages: '1-4' })
  expect(text).toMatch(/^#{1,3} \S/m)
  expect(text).toMatch(/^[A-Z].{200,}$/m)
})

it('makes tables of rows whose words stand below each other', async () => {
  const { text } = await extract(await example('bank-statement.pdf'), { format: 'markdown', pages: '1' })
  expect(text).toMatch(/^\| 03 Feb \| DIRECT DEBIT Severn Light & Power \| 87\.34 \| +\| 559\.00 \|$/m)
  const prose = await extract(await sample('text-own-twocol-3p.pdf'), { format: 'markdown' })
  expect(prose.text).not.toMatch(/^\|/m)
})

describe('files that are no good', () => {
  it('reads signed files, as nothing of them is changed', async () => {
    await expect(extract(signedLooking())).resolves.toMatchObject({ result: { pages: 1 } })
  })

  it('reads files that do not permit their text to be copied, without fonts', async () => {
    const pdf = await encrypted(await example('invoice.pdf'), { user: '', owner: 'o' }, ['--extract=n'])
    const [plain, json, markdown] = await Promise.all([
      extract(pdf),
      extract(pdf, { format: 'json' }),
      extract(pdf, { format: 'markdown' }),
    ])
    for (const { text } of [plain, json, markdown]) expect(text).toContain('Brightwater Print Works')
    expect(parsed(json.text).flatMap(({ fonts }) => fonts)).toEqual([])
  })

  it.each([
    ['locked', encrypted(manyPages(1), { user: 'secret', owner: 'owner' }), {}, 'encrypted_pdf'],
    ['cut off', truncated(manyPages(40), 0.02), {}, 'damaged_pdf'],
    ['empty', Buffer.alloc(0), {}, 'empty_file'],
    ['of too few pages', manyPages(2), { pages: '3' }, 'no_such_page'],
    [
      'in an unknown language',
      manyPages(2),
      { ocr: 'pages-without-text', languages: ['tlh'] },
      'unknown_language',
    ],
  ])('refuses one that is %s', async (_, bytes, options, code) => {
    await expect(extract(await bytes, options)).rejects.toMatchObject({ code })
  })
})
