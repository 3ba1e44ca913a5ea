import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import { setImmediate as turn } from 'node:timers/promises'
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { structureOf } from './structure.ts'

async function* inChunks(bytes: Buffer, size = 65_536) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const stream = (dictionary: string, data: Buffer) =>
  Buffer.concat([
    Buffer.from(`1 0 obj\n<< ${dictionary} >>\nstream\n`),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ])

const packed = (text: string, mostBytes = 1024 * 1024) => deflateSync(Buffer.from(text.slice(0, mostBytes)))

/** An object stream of as many objects as one may unpack to. */
function packedObjects(): Buffer {
  const object = '<</Type/Page/MediaBox[0 0 1 1]>>'
  const numbers = Array.from({ length: 20_000 }, (_, n) => n)
  const head = numbers.map((n) => `${n} ${n * object.length} `).join('')
  const dictionary = `/Type /ObjStm /First ${head.length} /Filter /FlateDecode`
  return stream(dictionary, packed(head + numbers.map(() => object).join('')))
}

const contents = () => stream('/Filter /FlateDecode', packed('q 1 0 0 1 0 0 cm /A Do Q '.repeat(41_000)))

async function turnsUntil(signal: AbortSignal): Promise<number> {
  let turns = 0
  for (; !signal.aborted; turns++) await turn()
  return turns
}

it.each<[string, () => Buffer]>([
  ['packed objects', packedObjects],
  ['contents', contents],
  ['streams of no length', () => Buffer.from('<<>>stream\nendstream'.repeat(50_000))],
  ['objects', () => Buffer.from('1 0 obj\n<< /Type /Page >>\nendobj\n'.repeat(30_000))],
])('others have their turn while a file of many %s is read', async (_, part) => {
  const over = new AbortController()
  const turns = turnsUntil(over.signal)
  await structureOf(inChunks(Buffer.concat([part(), part(), part()])), fontsAsUsed)
  over.abort()
  expect(await turns).toBeGreaterThan(2)
})
