import { readFile } from 'node:fs/promises'
import { deflateSync, inflateSync } from 'node:zlib'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflateHard } from './deflate.ts'
import { deflateInThread } from './in-thread.ts'

const effort = { rounds: 5, mostMs: 10_000 }
const usual = (bytes: Uint8Array) => deflateSync(bytes, { level: 9, memLevel: 9 })

function keeps(bytes: Uint8Array): void {
  const packed = deflateHard(bytes, effort)
  expect(Buffer.compare(inflateSync(packed), bytes)).toBe(0)
  expect(packed.length).toBeLessThanOrEqual(usual(bytes).length)
}

/** Numbers that look random, always the same. */
function noise(length: number, most = 256): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 16) % most
  })
}

/** Drawing operators as they stand in contents of pages. */
function contents(length: number): Uint8Array {
  const numbers = noise(length)
  const lines = Array.from({ length: length / 16 }, (_, line) => {
    const [a = 0, b = 0, c = 0] = numbers.subarray(3 * line)
    return `${a / 4} ${(line % 70) * 12} ${c & 1 ? 'm' : 'l'} ${b & 7 ? `[(${'text'.repeat(b & 3)})] TJ` : 'S'}\n`
  })
  return Buffer.from(lines.join('')).subarray(0, length)
}

describe('deflateHard', () => {
  it('keeps any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), keeps), { numRuns: 100 })
  })

  it('keeps bytes of few kinds, in runs and copies of any distance', () => {
    const piece = fc.tuple(fc.uint8Array({ maxLength: 40, max: 3 }), fc.nat(400))
    const repeated = fc
      .array(piece, { maxLength: 30 })
      .map((pieces) =>
        Buffer.concat(pieces.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))),
      )
    fc.assert(fc.property(repeated, keeps), { numRuns: 50 })
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(0)],
    ['more noise than a stored block holds', noise(200_000)],
    ['a run longer than a megabyte', new Uint8Array(1_200_000).fill(65)],
    ['contents of more than a megabyte', contents(1_100_000)],
    ['a copy as far away as may be', Buffer.concat([noise(32_768), noise(32_768)])],
    ['a copy that is too far away', Buffer.concat([noise(32_769), noise(32_769)])],
    ['parts that want other codes', Buffer.concat([noise(40_000, 7), contents(60_000), noise(40_000, 90)])],
  ])('keeps %s', (_, bytes) => keeps(bytes))

  it('takes stored, fixed and dynamic blocks, each where it is the smallest', () => {
    const kindOf = (bytes: Uint8Array) => ((deflateHard(bytes, effort)[2] ?? 0) >> 1) & 3
    expect(kindOf(noise(5000))).toBe(0)
    expect(kindOf(Buffer.from('q 1 0 0 1 72 720 cm Q'))).toBe(1)
    expect(kindOf(contents(5000))).toBe(2)
  })

  it.each([
    ['handbook.pdf', 0.985],
    ['bank-statement.pdf', 0.98],
  ])('packs the streams of %s to less than %d of what zlib makes of them', async (file, part) => {
    const streams = await streamsOf(path.join('examples', file))
    const sizeBy = (pack: (bytes: Uint8Array) => Uint8Array) =>
      streams.reduce((sum, bytes) => sum + pack(bytes).length, 0)
    expect(streams.length).toBeGreaterThan(1)
    expect(sizeBy((bytes) => deflateHard(bytes, effort))).toBeLessThan(sizeBy(usual) * part)
  })

  it('packs long contents to less than 97 % of what zlib makes of them', () => {
    const bytes = contents(100_000)
    expect(deflateHard(bytes, effort).length).toBeLessThan(usual(bytes).length * 0.97)
  })

  it('takes what it has when the time is up', () => {
    const bytes = contents(50_000)
    expect(inflateSync(deflateHard(bytes, { rounds: 15, mostMs: 0 })).length).toBe(bytes.length)
  })
})

describe('deflateInThread', () => {
  it('packs several at once as deflateHard does, and leaves the event loop free', async () => {
    const parts = [1, 2, 3, 4, 5].map((part) => contents(part * 20_000))
    let turns = 0
    const count = setInterval(() => turns++, 5)
    const packed = await Promise.all(parts.map((bytes) => deflateInThread({ bytes, effort })))
    clearInterval(count)
    expect(turns).toBeGreaterThan(2)
    for (const [index, bytes] of parts.entries())
      expect(Buffer.compare(packed[index] ?? Buffer.alloc(0), deflateHard(bytes, effort))).toBe(0)
  })
})

/** The streams of a file, unpacked, that are longer than a few lines and no JPEG. */
async function streamsOf(file: string): Promise<Buffer[]> {
  const text = (await readFile(file)).toString('latin1')
  return [...text.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)]
    .map(([, raw = '']) => plain(Buffer.from(raw, 'latin1')))
    .filter((bytes) => bytes.length > 200 && bytes[0] !== 0xff)
}

function plain(raw: Buffer): Buffer {
  return raw[0] === 0x78 ? inflateSync(raw) : raw
}
