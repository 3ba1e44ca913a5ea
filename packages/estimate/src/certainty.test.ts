import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { unsureShare } from './certainty.ts'
import { constants } from './constants.ts'
import { estimateLevels } from './estimate.ts'
import { structureOf } from './structure.ts'

const page = '3 0 obj << /Type /Page /MediaBox [0 0 500 500] >> endobj\n'
const catalogue = (entries: string) => `1 0 obj << /Type /Catalog ${entries} >> endobj\n`
const stream = (dictionary: string, data: Buffer) =>
  Buffer.concat([
    Buffer.from(`5 0 obj << ${dictionary} >> stream\n`),
    data,
    Buffer.from('\nendstream endobj\n'),
  ])
const numbers = Array.from({ length: 4000 }, (_, index) => `${(index * 7919) % 1009} l`).join(' ')
const contents = stream('/Filter /FlateDecode', deflateSync(Buffer.from(numbers)))
const picture = stream('/Subtype /Image /Width 90 /Height 90 /Filter /DCTDecode', Buffer.alloc(9000, 1))

const structureWith = (...objects: (string | Buffer)[]) => {
  async function* once() {
    yield Buffer.concat(objects.map((each) => Buffer.from(each)))
  }
  return structureOf(once(), fontsAsUsed)
}
const width = async (...objects: (string | Buffer)[]) => {
  const { bytes, ...structure } = await structureWith(...objects)
  const { least, most } = estimateLevels({ bytes, ...structure }).medium
  return (most - least) / bytes
}

it('a picture is less sure than contents that stay', async () => {
  const widthOf = (object: typeof picture) => width(catalogue('/StructTreeRoot 9 0 R'), page, object)
  expect(await widthOf(picture)).toBeGreaterThan(1.1 * (await widthOf(contents)))
})

it('contents are unsure where they may be drawn anew', async () => {
  const share = async (...objects: (string | Buffer)[]) =>
    unsureShare(constants.medium, await structureWith(...objects, page, contents))
  expect(await share(catalogue(''))).toBeGreaterThan(0.6)
  expect(await share(catalogue('/MarkInfo << /Marked true >>'))).toBeLessThan(0.3)
  expect(await share(catalogue('/OCProperties << /OCGs [7 0 R] >>'))).toBeLessThan(0.3)
  expect(await share(catalogue(''), 'trailer << /Encrypt 5 0 R >>\n')).toBeLessThan(0.3)
})

it('a scan is less sure than a picture in a document', async () => {
  const jpeg = (size: number) =>
    stream(`/Subtype /Image /Width ${size} /Height ${size} /Filter /DCTDecode`, Buffer.alloc(9000, 1))
  const share = async (size: number) => unsureShare(constants.high, await structureWith(page, jpeg(size)))
  expect(await share(1200)).toBeGreaterThan(0.9)
  expect(await share(900)).toBeLessThan(0.9)
})
