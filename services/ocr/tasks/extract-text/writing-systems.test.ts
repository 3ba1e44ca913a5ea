import { describe, expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { type Run, writtenPages } from '@pdf-smaller/testing/pdf/writing-systems'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { extractText } from './task.ts'

async function extract(pdf: Buffer, options: object = {}): Promise<string> {
  const { outputs } = await runTask(extractText, [{ name: 'doc.pdf', bytes: pdf }], options)
  return outputs[0]?.bytes.toString() ?? ''
}

/** The page in all formats; of JSON the texts of its lines. */
const inAllFormats = (runs: readonly Run[], glyphs?: Record<string, string>) =>
  readInAllFormats(writtenPages([runs], glyphs))

async function readInAllFormats(pdf: Buffer) {
  const [text, layout, markdown, json] = await Promise.all([
    extract(pdf),
    extract(pdf, { layout: true }),
    extract(pdf, { format: 'markdown' }),
    extract(pdf, { format: 'json' }),
  ])
  const lines = [...json.matchAll(/"text":"([^"]*)","words"/g)].map(([, line]) => line)
  return { text: text.trimEnd(), layout, markdown: markdown.trimEnd(), lines }
}

const backwards = (text: string) => Array.from(text).reverse().join('')
/** Lines below each other that end at the right, as they are seen. */
const fromTheRight = (lines: readonly string[], right = 540): Run[] =>
  lines.map((text, index) => ({ text, x: right - text.length * 6, y: 100 + index * 14 }))

describe('text from right to left', () => {
  const words = ['שלום עולם', 'בשנת 2026', 'נקרא PDF Smaller הקובץ', 'سعر المنتج (خصم)']
  const seen = [
    backwards('שלום עולם'),
    `2026 ${backwards('בשנת')}`,
    `${backwards('הקובץ')} PDF Smaller ${backwards('נקרא')}`,
    `(${backwards('خصم')}) ${backwards('سعر المنتج')}`,
  ]

  it('is read in its order in all formats', async () => {
    const { text, layout, markdown, lines } = await inAllFormats(fromTheRight(seen))
    expect(text).toBe(words.join('\n'))
    expect(layout.split('\n').map((line) => line.trim())).toEqual([...words, ''])
    expect(markdown).toBe(words.join(' '))
    expect(lines).toEqual(words)
  })

  it('has the column at the right first', async () => {
    const columns = [
      ['מספר', 'אחת', 'שתיים', 'שלוש'],
      ['סכום', '10.00', '20.50', '30.00'],
    ]
    const runs = columns.flatMap((column, index) =>
      fromTheRight(
        column.map((each) => (/\d/.test(each) ? each : backwards(each))),
        540 - index * 200,
      ),
    )
    const { layout, markdown } = await inAllFormats(runs)
    expect(markdown.split('\n')).toEqual([
      '| מספר | סכום |',
      '| --- | --- |',
      '| אחת | 10.00 |',
      '| שתיים | 20.50 |',
      '| שלוש | 30.00 |',
    ])
    expect(layout).toMatch(/^ +אחת {9,}10\.00$/m)
  })
})

describe('glyphs of several letters that are read from right to left', () => {
  // The ligature of lam and alef, and one of three letters with a mark.
  const seen = [`\ue001 ${backwards('سلام').replace('ال', '\ue001')}`, `\ue002${backwards('بيت')} 12.50`]
  const words = ['سلام لا', '12.50 بيتلمحً']

  it.each([
    ['as they are read', 'لا'],
    ['as they stand', 'ال'],
    ['as one character', '\ufefb'],
  ])('come as they are read where the font tells of them %s', async (_, lamAlef) => {
    const glyphs = { '\ue001': lamAlef, '\ue002': 'لمحً' }
    const { text, layout, markdown, lines } = await inAllFormats(fromTheRight(seen), glyphs)
    expect(text).toBe(words.join('\n'))
    expect(layout.split('\n').map((line) => line.trim())).toEqual([...words, ''])
    expect(markdown).toBe(words.join(' '))
    expect(lines).toEqual(words)
  })

  it('do not change two letters that stand beside each other', async () => {
    const { text } = await inAllFormats(fromTheRight([backwards('الكتاب كلا')]), { '\ue001': 'لا' })
    expect(text).toBe('الكتاب كلا')
  })

  it('come as they are read where contents tell of whole words', async () => {
    const document = createDocument({ title: 'Whole words' })
    const page = document.page()
    page.entries['Resources'] = { Font: { F: document.font('Helvetica') } }
    const told = Buffer.from('\ufeffكلام', 'utf16le').swap16().toString('hex')
    page.operators(`/Span << /ActualText <${told}> >> BDC BT /F 12 Tf 300 700 Td (abcd) Tj ET EMC`)
    const { text } = await readInAllFormats(document.save())
    expect(text).toBe('كلام')
  })
})

describe('text in columns', () => {
  const columns = ['第一章　総則', '目的　この法律は', '国民の生活を守る', 'ことを目的とする']
  const runs: Run[] = columns.map((text, index) => ({ text, x: 500 - index * 20, y: 90, vertical: true }))
  const read = columns.map((column) => column.replace('　', ' '))

  it('is read column by column from the right in all formats', async () => {
    const { text, layout, markdown, lines } = await inAllFormats(runs)
    expect(text).toBe(read.join('\n'))
    expect(layout.trimEnd()).toBe(read.join('\n'))
    expect(markdown).toBe(read.join(''))
    expect(lines).toEqual(read)
  })

  it('is read band by band, beside lines that go across', async () => {
    const below: Run[] = ['下の段の始め', '下の段の終り'].map((text, index) => ({
      text,
      x: 500 - index * 20,
      y: 400,
      vertical: true,
    }))
    const heading: Run = { text: 'Laws and regulations', x: 72, y: 60 }
    const { text } = await inAllFormats([...below, ...runs, heading])
    expect(text).toBe(`Laws and regulations\n\n${read.join('\n')}\n\n下の段の始め\n下の段の終り`)
  })
})

describe('text without spaces', () => {
  it('gets none, and Korean keeps its own', async () => {
    const lines = ['这是一个测试文件', 'PDF文件2026年', '안녕하세요 세계 여러분']
    const runs = lines.map((text, index) => ({ text, x: 72, y: 100 + index * 40 }))
    const all = await inAllFormats(runs)
    expect(all.text.split(/\n+/)).toEqual(lines)
    expect(all.lines).toEqual(lines)
    expect(all.markdown.split('\n\n')).toEqual(lines)
    expect(all.layout.split(/\n+/).slice(0, -1)).toEqual(lines)
  })

  it('stays together though its characters are set apart', async () => {
    const runs = Array.from('这是一个测试文件').map((text, index) => ({ text, x: 72 + index * 20, y: 100 }))
    const { text, markdown, lines } = await inAllFormats(runs)
    expect([text, markdown, ...lines]).toEqual(Array.from({ length: 3 }, () => '这是一个测试文件'))
  })
})
