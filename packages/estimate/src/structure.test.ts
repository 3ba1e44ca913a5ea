import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { structureOf } from './structure.ts'

const example = (name: string) => fileURLToPath(new URL(`../../../examples/${name}.pdf`, import.meta.url))
const ofExample = (name: string, highWaterMark = 65_536) =>
  structureOf(createReadStream(example(name), { highWaterMark }), fontsAsUsed)

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const of = (text: string | Buffer, size = 7) => structureOf(inChunks(Buffer.from(text), size), fontsAsUsed)

const stream = (number: number, dictionary: string, data: Buffer | string) =>
  Buffer.concat([
    Buffer.from(`${number} 0 obj\n<< ${dictionary} >>\nstream\r\n`),
    Buffer.from(data),
    Buffer.from('\nendstream\nendobj\n'),
  ])

describe('the structure of a PDF', () => {
  it('tells its pages and images', async () => {
    const { images, pages, bytes, pageArea } = await ofExample('brochure')
    expect([pages, bytes]).toEqual([4, 1_378_452])
    expect(pageArea).toBeCloseTo(96.7, 1)
    const classes = images.map((image) => image.class).sort()
    expect(classes).toEqual(['indexed', 'jpeg', 'jpeg', 'jpeg', 'jpeg', 'mask', 'samples', 'samples'])
    expect(images.find(({ pixels }) => pixels === 1700 * 1500)?.quality).toBeCloseTo(88, 0)
  })

  it('is the same however the bytes come', async () => {
    expect(await ofExample('brochure', 97)).toEqual(await ofExample('brochure', 1 << 21))
  })

  it('accounts for every byte', async () => {
    for (const name of ['handbook', 'fax', 'form', 'scan-colour']) {
      const { bytes, images, parts } = await ofExample(name)
      const sizes = [...images, ...Object.values(parts)].map((part) => part.bytes)
      expect(sizes.reduce((sum, size) => sum + size)).toBe(bytes)
    }
  })

  it('reads packed objects', async () => {
    const objects = '<< /Type /Page /MediaBox [0 0 144 72] >> [/Indexed /DeviceRGB 3 <00>]'
    const head = '7 0 8 41 '
    const packed = deflateSync(Buffer.from(head + objects))
    const image =
      '/Subtype /Image /Width 5 /Height 4 /BitsPerComponent 8 /Filter /FlateDecode /ColorSpace 8 0 R'
    const pdf = Buffer.concat([
      stream(1, image, 'xx'),
      stream(2, `/Type /ObjStm /N 2 /First ${head.length} /Filter /FlateDecode`, packed),
    ])
    expect(await of(pdf)).toMatchObject({ pages: 1, pageArea: 2, images: [{ class: 'indexed', pixels: 20 }] })
  })

  it('tells fonts that are too large to be read by the codes that are shown', async () => {
    const objects = [
      '2 0 obj << /Type /FontDescriptor /FontName /Whole /FontFile2 1 0 R >> endobj\n',
      '3 0 obj << /Type /Font /Subtype /TrueType /FontDescriptor 2 0 R >> endobj\n',
      '4 0 obj << /Type /Page /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >> endobj\n',
    ]
    const program = stream(1, '/Length1 9 /Filter /FlateDecode', 'x'.repeat(700_000))
    const shown = stream(5, '', '/F 9 Tf (ab) Tj')
    const { parts } = await of(Buffer.concat([program, shown, Buffer.from(objects.join(''))]))
    expect([parts.wholeOutlines.bytes, parts.unreadFonts.bytes]).toEqual([700_001, 0])
    expect(parts.wholeOutlines.packed).toBe(4300)
    const alone = await of(Buffer.concat([program, shown]))
    expect(alone.parts.unreadFonts.bytes).toBe(700_001)
  })

  it('tells what compression makes of what has none', async () => {
    const { parts } = await of(stream(1, '/Length 9000', '0 0 m 100 100 l S\n'.repeat(500)))
    expect(parts.contents.bytes).toBe(9001)
    expect(parts.contents.packed).toBeLessThan(200)
  })

  it('tells what is encrypted and signed', async () => {
    expect(await of('trailer << /Encrypt 5 0 R >>')).toMatchObject({ isEncrypted: true, isSigned: false })
    const signature =
      '4 0 obj << /Type /Sig /ByteRange [0 1 2 3] /Reference [<< /TransformMethod /DocMDP >>] >> endobj'
    expect(await of(signature)).toMatchObject({ isSigned: true })
    expect(await of(signature.replace('DocMDP', 'UR3'))).toMatchObject({ isSigned: false })
  })

  it('takes the words of a text for what they are', async () => {
    const { parts } = await of(stream(3, '/Title (a stream\n) /Length 9', '0 0 m 9 l'))
    expect(parts.contents.bytes).toBe(10)
  })
})

describe('metadata', () => {
  const packet = (text: string) => `<x:xmpmeta ${text}/>`.padEnd(3000)
  const metadata = (number: number, text: string) => stream(number, '/Type /Metadata', packet(text))
  const catalogue =
    '1 0 obj << /Type /Catalog /Metadata 2 0 R >> endobj\ntrailer << /Root 1 0 R /Part 3 0 R >>\n'

  it('stay as they are where they state a standard, or say what a part shows', async () => {
    const { parts } = await of(
      Buffer.concat([Buffer.from(catalogue), metadata(2, 'pdfaid:part'), metadata(3, 'dc:title')]),
    )
    expect([parts.statements.packed, parts.descriptions.packed]).toEqual([3001, 3001])
  })

  it('are packed, and those of parts go, where they say neither', async () => {
    const { parts } = await of(
      Buffer.concat([Buffer.from(catalogue), metadata(2, 'dc:title'), metadata(3, 'xmp:Thumb')]),
    )
    expect(parts.metadata.packed).toBeLessThan(200)
    expect([parts.metadataOfParts.bytes, parts.descriptions.bytes]).toEqual([3001, 0])
  })
})

describe('dictionaries of streams', () => {
  it('cannot be packed, as other objects can', async () => {
    const { parts } = await of(stream(3, '/A 1 '.repeat(100), 'data'))
    expect(parts.heads.bytes).toBeGreaterThan(500)
    expect([parts.heads.packed, parts.text.bytes]).toEqual([parts.heads.bytes, 0])
  })
})

describe('what nobody needs', () => {
  const catalogue = '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Kids [3 0 R] >> endobj\n'
  const trailer = '\ntrailer << /Root 1 0 R >>\n'
  const page = (contents: string) => `3 0 obj << /Type /Page /Contents [${contents}] >> endobj\n`
  const data = (number: number, text: string) =>
    stream(number, '/Length 400', text.repeat(200)).toString('latin1')

  it('is what nothing refers to', async () => {
    const file = catalogue + page('4 0 R') + data(4, 'ab') + data(5, 'cd') + trailer
    expect((await of(file)).parts).toMatchObject({ contents: { bytes: 401 }, idle: { bytes: 401 } })
  })

  it('is what was written anew further on', async () => {
    const file = catalogue + page('4 0 R') + data(4, 'ab') + trailer + page('5 0 R') + data(5, 'cd') + trailer
    expect((await of(file)).parts).toMatchObject({ contents: { bytes: 401 }, idle: { bytes: 401 } })
  })

  it('is what is equal to something before it', async () => {
    const file = catalogue + page('4 0 R 5 0 R') + data(4, 'ab') + data(5, 'ab') + trailer
    expect((await of(file)).parts).toMatchObject({ contents: { bytes: 401 }, twins: { bytes: 401 } })
  })

  it('is what programs keep for themselves', async () => {
    const edited = page('4 0 R').replace(
      '/Contents',
      '/PieceInfo << /Maker << /Private 5 0 R >> >> /Contents',
    )
    const file = catalogue + edited + data(4, 'ab') + data(5, 'cd') + trailer
    expect((await of(file)).parts).toMatchObject({ contents: { bytes: 401 }, idle: { bytes: 401 } })
  })

  it('is nothing where it cannot be told what refers to what', async () => {
    const locked = stream(9, '/Type /ObjStm /N 1 /First 9 /Filter /FlateDecode', 'locked').toString('latin1')
    const file = catalogue + page('4 0 R') + locked + data(4, 'ab') + data(5, 'cd') + trailer
    expect((await of(file)).parts).toMatchObject({ contents: { bytes: 802 }, idle: { bytes: 0 } })
  })
})

describe('a file that is made to exhaust', () => {
  const size = 4 * 1024 * 1024
  /** Processor time, µs, as others of a busy machine take the clock's: ten times a quick one's, and no hundredth of a square's. */
  const noTime = 15_000_000
  const filled = (text: string) => Buffer.alloc(size, text)
  it.each([
    ['nothing at all', Buffer.alloc(0)],
    ['one dictionary without an end', filled('<< /A ')],
    ['numbers', filled('1 ')],
    ['headers of objects', filled('1 0 obj ')],
    ['space', Buffer.concat([Buffer.from('1 0'), filled(' '), Buffer.from('obj')])],
    ['keywords', filled('stream ')],
    ['tiny streams', filled('1 0 obj<<>>stream\nendstream ')],
    ['one stream without an end', Buffer.concat([Buffer.from('1 0 obj <<>> stream\n'), filled('x')])],
    ['array brackets', filled('[')],
    ['references', filled('1 0 obj 1 0 R 2 0 R\n')],
    ['boxes', filled('/MediaBox [0 0 1 ')],
  ])('of %s is read in no time', async (_, bytes) => {
    const before = process.cpuUsage()
    expect((await of(bytes, 65_536)).bytes).toBe(bytes.length)
    expect(process.cpuUsage(before).user).toBeLessThan(noTime)
  })

  it('of packed objects that overlap is read once', async () => {
    const head = Array.from(
      { length: 20_000 },
      (_, number) => `${number} ${number % 2 === 0 ? 0 : 900_000} `,
    ).join('')
    const packed = deflateSync(Buffer.from(head.padEnd(1_900_000, '/MediaBox [0 0 1 1] ')))
    const objects = stream(1, `/Type /ObjStm /First ${head.length} /Filter /FlateDecode`, packed)
    const before = process.cpuUsage()
    await of(objects, 65_536)
    expect(process.cpuUsage(before).user).toBeLessThan(noTime)
  })

  it('of bombs is unpacked no further than its share', async () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 })
    const bombs = Array.from({ length: 40 }, (_, number) =>
      stream(number, '/Type /ObjStm /N 1 /First 9 /Filter /FlateDecode', bomb),
    )
    const before = process.cpuUsage()
    expect((await of(Buffer.concat(bombs), 65_536)).pages).toBeUndefined()
    expect(process.cpuUsage(before).user).toBeLessThan(noTime)
  })
})
