import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from '@pdf-smaller/pdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('XML that is attached', () => {
  const named = async (files: Record<string, string>, relationships?: Record<string, string>) => {
    const { document } = await opened(withAttachments(files, relationships))
    return (await attachedXml(document)).map(({ name, bytes }) => [name, bytes.toString()])
  }

  it('is found whatever it is named, and nothing else is', async () => {
    const xml = '<?xml version="1.0"?><Invoice/>'
    expect(await named({ 'data.bin': xml, 'notes.txt': 'Nothing', 'bom.xml': `\uFEFF ${xml}` })).toEqual([
      ['bom.xml', `\uFEFF ${xml}`],
      ['data.bin', xml],
    ])
  })

  it('comes in the order of what it is to the document, without what only supplements it', async () => {
    const files = { 'a.xml': '<a/>', 'b.xml': '<b/>', 'c.xml': '<c/>', 'd.xml': '<d/>' }
    const found = await named(files, { 'a.xml': 'Unspecified', 'b.xml': 'Supplement', 'd.xml': 'Data' })
    expect(found.map(([name]) => name)).toEqual(['d.xml', 'a.xml', 'c.xml'])
  })

  it('is left out where it unpacks to more than any invoice has', async () => {
    expect(await named({ 'bomb.xml': `<a>${' '.repeat(6 * 2 ** 20)}</a>` })).toEqual([])
  })
})
