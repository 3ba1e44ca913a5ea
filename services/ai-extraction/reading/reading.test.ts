import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkedField, fieldOf } from '@pdf-smaller/extraction'
import { inspect } from '@pdf-smaller/pdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'
import { withAttachments } from '@pdf-smaller/testing/pdf/odd-files'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'
import { attachedXml } from './attached-xml.ts'
import { readWords } from './read-words.ts'
import { valuesOnPages } from './values-on-pages.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-reading-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function opened(bytes: Buffer) {
  const file = path.join(folder, 'in.pdf')
  await writeFile(file, bytes)
  const { engine } = taskContext(folder, {})
  return { document: await inspect(file, engine), engine }
}

describe('the words of a page', () => {
  it('stand where they are seen, whole, and as sure as what is written', async () => {
    const { document, engine } = await opened(invoice())
    const pages = []
    for await (const page of readWords(document, [1], undefined, engine)) pages.push(page)
    const [page] = pages
    expect(page).toMatchObject({ number: 1, width: expect.closeTo(595, 0), height: expect.closeTo(842, 0) })
    const number = page?.words.find(({ text }) => text === 'BW-2026-0342')
    expect(number).toMatchObject({ confidence: 1, source: 'text' })
    expect(number?.box.r).toBeGreaterThan(number?.box.l ?? 0)
    const values = valuesOnPages(pages)
    const origin = { raw: null, confidence: 1, grade: 'certain', source: 'xml', grounded: true } as const
    const field = { ...origin, provenance: [], checks: [] }
    const pounds = (amount: string, minor: string) => ({
      value: { amount, minor, currency: 'GBP' },
      ...field,
    })
    expect(values.have(pounds('1461.00', '146100'))).toBe(true)
    expect(values.have(pounds('1461.01', '146101'))).toBe(false)
    expect(values.have({ value: '2026-02-27', ...field })).toBe(true)
    expect(values.have({ value: 'GB417772604', ...field })).toBe(true)
    expect(values.have({ value: '2026-02-26', ...field })).toBe(false)
  })
})

it('is no surer of an invisible layer than of what was recognised', async () => {
  const made = createDocument({ title: 'Scan' })
  const sheet = made.page()
  sheet.operators('3 Tr')
  sheet.text({ x: 72, y: 90 }, 'Amount due 179.88 GBP', { font: 'Helvetica', size: 12 })
  const { document, engine } = await opened(made.save())
  for await (const { isLayer, words } of readWords(document, [1], undefined, engine)) {
    expect(isLayer).toBe(true)
    expect(words.map(({ text }) => text)).toEqual(['Amount', 'due', '179.88', 'GBP'])
    for (const { source, confidence } of words) {
      expect(source).toBe('ocr')
      const proven = checkedField(
        fieldOf(
          '179.88',
          { raw: null, source, provenance: [], grounded: true },
          { reader: confidence, checksum: true },
        ),
        { proofs: ['BR-CO-16'], hints: [], failed: [] },
      )
      expect(proven.grade).toBe('high')
    }
  }
})

it('is surer of the words that are seen than of invisible ones beside them', async () => {
  const made = createDocument({ title: 'Letter' })
  const sheet = made.page()
  const style = { font: 'Helvetica', size: 12 } as const
  sheet.text({ x: 72, y: 90 }, 'Amount due 179.88 GBP', style)
  sheet.operators('3 Tr')
  sheet.text({ x: 72, y: 120 }, 'Total 1.00', style)
  const { document, engine } = await opened(made.save())
  for await (const { isLayer, words } of readWords(document, [1], undefined, engine)) {
    expect(isLayer).toBe(false)
    expect(words.filter(({ source }) => source === 'ocr').map(({ text }) => text)).toEqual(['Total', '1.00'])
  }
})

describe('XML that is attached', () => {
  const read = async (files: Record<string, string>, relationships?: Record<string, string>) => {
    const { document } = await opened(withAttachments(files, relationships))
    const { attached, leftOut } = await attachedXml(document)
    return { attached: attached.map(({ name, bytes }) => [name, bytes.toString()]), leftOut }
  }
  const xml = '<?xml version="1.0"?><Invoice/>'

  it('is found whatever it is named, and nothing else is', async () => {
    expect(await read({ 'data.bin': xml, 'notes.txt': 'Nothing', 'bom.xml': `\uFEFF ${xml}` })).toEqual({
      attached: [
        ['bom.xml', `\uFEFF ${xml}`],
        ['data.bin', xml],
      ],
      leftOut: [],
    })
  })

  it('comes in the order of what it is to the document, without what only supplements it', async () => {
    const files = { 'a.xml': '<a/>', 'b.xml': '<b/>', 'c.xml': '<c/>', 'd.xml': '<d/>' }
    const { attached } = await read(files, { 'a.xml': 'Unspecified', 'b.xml': 'Supplement', 'd.xml': 'Data' })
    expect(attached.map(([name]) => name)).toEqual(['d.xml', 'a.xml', 'c.xml'])
  })

  it('is left out where it unpacks to more than any invoice has, and told of', async () => {
    expect(await read({ 'bomb.xml': `<a>${' '.repeat(6 * 2 ** 20)}</a>` })).toEqual({
      attached: [],
      leftOut: [{ name: 'bomb.xml', why: 'it has more than 5 MB' }],
    })
  })

  it('is not hidden by many other files, and told of where it would be', async () => {
    const others = Array.from({ length: 21 }, (_, index) => [`a${index + 10}.txt`, 'Nothing'] as const)
    expect(await read({ ...Object.fromEntries(others), 'factur-x.xml': xml })).toEqual({
      attached: [['factur-x.xml', xml]],
      leftOut: [],
    })
    const called = others.map(([name, content]) => [name.replace('txt', 'xml'), content])
    expect((await read(Object.fromEntries(called))).leftOut).toEqual([
      { name: 'a30.xml', why: '20 attachments come before it' },
    ])
  })
})
