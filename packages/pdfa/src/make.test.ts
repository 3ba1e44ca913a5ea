import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { hugePage, textPages, withAttachments } from '@pdf-smaller/testing/pdf/odd-files'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { breaks, broken, drawing, samples } from '../testing/breaking.ts'
import { checkPdfA } from './check.ts'
import { makePdfA } from './make.ts'

async function archived(pdf: Buffer) {
  await using test = await engineContext()
  const [input, output] = ['in.pdf', 'out.pdf'].map((name) => path.join(test.folder, name))
  if (!input || !output) throw new Error('there are two names')
  await writeFile(input, pdf)
  const parts: number[] = []
  const result = await makePdfA(input, output, test.context, (part) => parts.push(part))
  expect(parts).toEqual([...parts].sort((one, other) => one - other))
  return { result, pdf: await readFile(output) }
}

async function clausesOf(pdf: Buffer): Promise<string[]> {
  await using test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  await writeFile(file, pdf)
  return (await checkPdfA(file, test.context)).map(({ clause }) => clause)
}

/** The data of the streams that are drawn, in the order of their objects. */
const streamsOf = async (pdf: Buffer) => {
  const json = await run(pdf, 'qpdf', ['--json=2', '--json-key=qpdf', '--json-stream-data=inline', '{}'])
  return [...json.matchAll(/"data": "([^"]*)"/g)].map(([, data = '']) => Buffer.from(data, 'base64'))
}

it.each(breaks)('mends $name', async ({ clause, removed, make }) => {
  const before = broken(make)
  expect(await clausesOf(before)).toContain(clause)
  const { result, pdf } = await archived(before)
  expect(await clausesOf(pdf)).toEqual([])
  expect(result).toMatchObject({ standard: 'PDF/A-2b', by: 'objects', why: [], mayLose: [] })
  expect(result.removed).toEqual(removed === undefined ? [] : [removed])
  await qpdfCheck(pdf)
})

it('leaves contents and images as they are, bit for bit', async () => {
  const before = broken(() => ({ image: { Interpolate: true } }))
  const { pdf } = await archived(before)
  const own = await streamsOf(before)
  const streams = await streamsOf(pdf)
  expect(own).toHaveLength(2)
  for (const each of own) expect(streams.some((stream) => stream.equals(each))).toBe(true)
  expect(own.some((each) => each.equals(samples))).toBe(true)
})

it('tells what a document is in a packet, as its Info dictionary does', async () => {
  const { pdf } = await archived(broken(() => ({})))
  const packet = await run(pdf, 'pdfinfo', ['-meta', '{}'])
  expect(packet).toContain('A &lt;small&gt; paper &amp; more')
  expect(packet).toContain('<rdf:li>Ünal</rdf:li>')
  expect(packet).toContain('<pdfaid:part>2</pdfaid:part>')
})

it('does nothing to a document that follows the standard already', async () => {
  const first = await archived(broken(breaks[0]?.make ?? (() => ({}))))
  const second = await archived(first.pdf)
  expect(second.result).toMatchObject({ by: 'objects', removed: [] })
})

it('unlocks what anybody may open', async () => {
  const locked = await encrypted(
    broken(() => ({})),
    { user: '', owner: 'owner' },
  )
  expect(await clausesOf(locked)).toContain('6.1.3')
  const { result, pdf } = await archived(locked)
  expect(result.removed).toEqual(['encryption and permissions'])
  expect(await clausesOf(pdf)).toEqual([])
})

it('has fonts that are not embedded drawn anew, and says so', async () => {
  const { result, pdf } = await archived(withAttachments({ 'a.csv': '1,2' }))
  expect(await clausesOf(pdf)).toEqual([])
  expect(result).toMatchObject({ by: 'ghostscript', removed: ['embedded files'] })
  expect(result.why).toEqual(['the font Helvetica is not embedded (6.2.11.4)'])
  expect(result.mayLose.length).toBeGreaterThan(0)
  expect(await run(pdf, 'pdftotext', ['{}', '-'])).toContain('The figures are attached.')
})

it('takes fonts that are not embedded where their text is never seen', async () => {
  const font = { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' }
  const resources = { Font: { F: font } }
  const invisible = 'BT 3 Tr /F 12 Tf 20 20 Td (read) Tj ET'
  const { result } = await archived(broken(() => ({ resources, content: invisible })))
  expect(result.by).toBe('objects')
  const seen = `${invisible} BT 0 Tr (seen) Tj ET`
  expect(await clausesOf(broken(() => ({ resources, content: seen })))).toContain('6.2.11.4')
})

it.each([
  ['an unknown operator', '1 2 shine'],
  ['too many saved states', `${'q '.repeat(29)}${'Q '.repeat(29)}`],
  ['an unknown rendering intent', '/Loud ri'],
])('has contents with %s drawn anew', async (_, content) => {
  const { result, pdf } = await archived(broken(() => ({ content: `${content} ${drawing}` })))
  expect(result.by).toBe('ghostscript')
  expect(await clausesOf(pdf)).toEqual([])
})

it('refuses what cannot be worked on', async () => {
  await expect(archived(hugePage())).rejects.toMatchObject({ code: 'too_many_pixels' })
  await expect(archived(Buffer.from('no'))).rejects.toMatchObject({ code: 'damaged_pdf' })
  const locked = await encrypted(textPages([['secret']]), { user: 'secret', owner: 'owner' })
  await expect(archived(locked)).rejects.toMatchObject({ code: 'encrypted_pdf' })
})
