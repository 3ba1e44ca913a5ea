import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { aPage, catalogue, contents, fileOf, onePage, RawDocument } from '../../testing/raw-document.ts'
import { budgetOf } from './budget.ts'
import { readDocument } from './read-document.ts'

const never = new AbortController().signal
const read = (document: RawDocument | Buffer, mostObjects = 1000) => {
  const file = fileOf(Buffer.isBuffer(document) ? document : document.bytes())
  return readDocument(file, budgetOf(mostObjects, never, file.size))
}

const plain = (start?: string) =>
  new RawDocument(start).object(1, catalogue).object(2, onePage).object(3, aPage).stream(4, '', contents)
const root = '/Root 1 0 R/Size 5'

/** What a stream of a document in memory holds. */
async function contentsOf(document: RawDocument | Buffer): Promise<string> {
  const bytes = Buffer.isBuffer(document) ? document : document.bytes()
  const { objects } = await read(bytes)
  const stream = objects.get('4 0 R')
  if (!stream || 'value' in stream) throw new Error('no stream')
  const { at, length } = stream.file
  return bytes.subarray(at, at + length).toString('latin1')
}

const whole = ['1 0 R', '2 0 R', '3 0 R', '4 0 R']
const packedRows = (document: RawDocument): [number, number, number, number][] => [
  [1, 2, 5, 0],
  [2, 2, 5, 1],
  [3, 2, 5, 2],
  [4, 1, document.offsets.get(4) ?? 0, 0],
  [5, 1, document.offsets.get(5) ?? 0, 0],
]
const packed = () =>
  new RawDocument().stream(4, '', contents).packed(5, { 1: catalogue, 2: onePage, 3: aPage })

describe('a document is read', () => {
  it.each<[string, () => RawDocument]>([
    ['with a table', () => plain().table(root)],
    ['with junk before it', () => plain('junk\n%PDF-1.4\n').table(root)],
    ['with junk behind it', () => plain().table(root).add('\0'.repeat(2000))],
    [
      'with a packed table and packed objects',
      () => {
        const document = packed()
        return document.places(6, packedRows(document), root)
      },
    ],
    [
      'with objects packed beside a table',
      () => {
        const document = packed()
        const rows = packedRows(document)
        const at = document.size
        document.places(6, rows, root)
        return document.table(`${root}/XRefStm ${at}`, { numbers: [4], free: [1, 2, 3, 5] })
      },
    ],
    [
      'with two tables',
      () =>
        plain()
          .table(root)
          .object(3, aPage)
          .table(`${root}/Prev ${plain().size}`, { numbers: [3] }),
    ],
  ])('%s', async (_, make) => {
    const document = make()
    const { objects, mended } = await read(document)
    expect([...objects.keys()]).toEqual(whole)
    expect(await contentsOf(document)).toBe(contents.toString())
    expect(mended).toEqual([])
  })

  it.each<[string, () => RawDocument | Buffer]>([
    ['whose places are off by a few bytes', () => plain().table(root, { off: 3 })],
    ['whose places come too early', () => plain().table(root, { off: -2 })],
    ['whose table starts at 1', () => plain().table(root, { first: 1 })],
    [
      'whose places are counted from its first line',
      () => {
        const bytes = plain().table(root).bytes()
        return Buffer.concat([Buffer.from('junk\n'), bytes])
      },
    ],
    [
      'with a stream that tells a wrong length',
      () =>
        new RawDocument()
          .object(1, catalogue)
          .object(2, onePage)
          .object(3, aPage)
          .stream(4, '', contents, 3)
          .table(root),
    ],
    [
      'with a stream that tells no number for its length',
      () =>
        new RawDocument()
          .object(1, catalogue)
          .object(2, onePage)
          .object(3, aPage)
          .stream(4, '', contents, '4 0 R')
          .table(root),
    ],
  ])('%s', async (_, make) => {
    const document = make()
    const { objects } = await read(document)
    expect([...objects.keys()]).toEqual(whole)
    expect(await contentsOf(document)).toBe(contents.toString())
  })

  it('as its last change has it', async () => {
    const first = plain().object(6, '(gone)')
    const document = first.table(root, { numbers: [1, 2, 3, 4, 6] })
    const prev = /startxref\n(\d+)/.exec(document.bytes().toString('latin1'))?.[1]
    document.object(3, aPage.replace('/Type/Page/', '/Type/Page/Also 6 0 R/'))
    document.table(`${root}/Prev ${prev}`, { numbers: [3], free: [6] })
    const { objects, lastNumber } = await read(document)
    expect(objects.get('3 0 R')).toMatchObject({ value: { '/Also': '6 0 R' } })
    expect(objects.has('6 0 R')).toBe(false)
    expect(lastNumber).toBe(6)
  })

  it('without what nothing leads to, however broken', async () => {
    const { objects } = await read(plain().object(7, '<< ]').table(root))
    expect([...objects.keys()]).toEqual(whole)
  })

  it('with line ends of one carriage return', async () => {
    const bytes = plain().table(root).bytes().toString('latin1').replaceAll('\n', '\r')
    const { objects } = await read(Buffer.from(bytes, 'latin1'))
    expect([...objects.keys()]).toEqual(whole)
  })
})

describe('harm is bounded', () => {
  const itself = () => {
    const document = new RawDocument().stream(4, '', contents).packed(5, { 1: catalogue, 5: '<<>>' })
    return document.places(
      6,
      [
        [1, 2, 5, 0],
        [5, 2, 5, 1],
      ],
      root,
    )
  }
  it.each<[string, string, () => RawDocument]>([
    ['an object stream within itself', 'damaged_pdf', itself],
    ['nothing that tells of objects', 'damaged_pdf', () => plain()],
    ['a table that goes on for ever', 'damaged_pdf', () => plain().add('xref\n0 999999999\nstartxref\n0\n')],
    [
      'a stream without an end',
      'damaged_pdf',
      () => new RawDocument().object(1, '<</Length 9>>stream\nx').table(root),
    ],
    [
      'brackets without an end',
      'damaged_pdf',
      () => new RawDocument().object(1, '['.repeat(100_000)).table(root),
    ],
    ['rows of no width', 'damaged_pdf', () => packed().places(6, [], `${root}/W[0 0 0]/Index[0 99999999]`)],
    ['rows of great width', 'damaged_pdf', () => packed().places(6, [], `${root}/W[1 999999999 2]`)],
    [
      'an object elsewhere',
      'damaged_pdf',
      () =>
        plain()
          .add(' '.repeat(300))
          .table(root, { off: 0, numbers: [1, 3] })
          .table(root, { off: 200 }),
    ],
    [
      'more objects than allowed',
      'too_many_objects',
      () => {
        const document = plain()
        const numbers = Array.from({ length: 1000 }, (_, index) => index + 10)
        for (const number of numbers) document.object(number, '1')
        return document
          .object(9, `[${numbers.map((number) => `${number} 0 R`).join(' ')}]`)
          .table(`${root}/X 9 0 R`)
      },
    ],
    [
      'more objects than allowed, before any of them is read',
      'too_many_objects',
      () => {
        const document = plain()
        for (let number = 10; number < 1010; number++) document.offsets.set(number, 1)
        return document.table(root)
      },
    ],
    [
      'more packed objects than allowed',
      'too_many_objects',
      () =>
        packed().places(
          6,
          Array.from({ length: 1001 }, (_, index) => [index + 10, 2, 5, 0] as const),
          root,
        ),
    ],
    [
      'more values than allowed',
      'too_many_objects',
      () =>
        plain()
          .object(9, `[${'1 '.repeat(20_000)}]`)
          .table(`${root}/X 9 0 R`),
    ],
    [
      'a few bytes that unpack to many objects',
      'decompression_bomb',
      () => {
        const document = new RawDocument().stream(4, '', contents)
        const bomb = deflateSync(Buffer.alloc(20_000_000, 0x20))
        document.stream(5, '/Type/ObjStm/N 3/First 12/Filter/FlateDecode', bomb)
        return document.places(6, packedRows(document), root)
      },
    ],
    [
      'more tables than allowed',
      'too_many_objects',
      () => plain().add(`xref\n${'0 0\n'.repeat(9000)}trailer\n<<${root}>>\nstartxref\n${plain().size}\n`),
    ],
    [
      'more rows than allowed',
      'too_many_objects',
      () =>
        packed().places(
          6,
          Array.from({ length: 9000 }, () => [1, 0, 0, 0] as const),
          root,
        ),
    ],
  ])('of %s: %s', async (_, code, make) => {
    await expect(read(make())).rejects.toMatchObject({ code })
  })

  it('of tables in a ring', async () => {
    const at = plain().size
    const { objects } = await read(plain().table(`${root}/Prev ${at}`))
    expect([...objects.keys()]).toEqual(whole)
  })

  it('of absurd counts in an object stream', async () => {
    const document = new RawDocument()
      .stream(4, '', contents)
      .packed(5, { 1: catalogue }, '/N 999999999/First 4')
    const { objects } = await read(document.places(6, packedRows(document), root))
    expect([...objects.keys()]).toEqual(['1 0 R'])
  })

  it('of an absurd size', async () => {
    await expect(read(plain().table('/Root 1 0 R/Size 99999999999'))).resolves.toBeDefined()
  })
})
