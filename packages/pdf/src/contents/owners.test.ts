import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { catalogue, RawDocument } from '../../testing/raw-document.ts'
import { inspect } from '../file/inspect.ts'
import { namesIn } from './named.ts'
import { contentsOf, ownersIn, pageOwner } from './owners.ts'

/** Four pages: one in pieces, one with a piece that is none, one without contents, one that cannot be unpacked. */
const document = () =>
  new RawDocument()
    .object(1, catalogue)
    .object(2, '<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 6 0 R]/Count 4/Resources 11 0 R/MediaBox[0 0 9 9]>>')
    .object(3, '<</Type/Page/Parent 2 0 R/Contents 7 0 R>>')
    .object(4, '<</Type/Page/Parent 2 0 R/Contents[8 0 R null 99 0 R]>>')
    .object(5, '<</Type/Page/Parent 2 0 R/Resources<</X 1>>>>')
    .object(6, '<</Type/Page/Parent 2 0 R/Contents[8 0 R 10 0 R]>>')
    .object(7, '[8 0 R 9 0 R]')
    .stream(8, '', Buffer.from('q 1 0'))
    .stream(9, '/Filter/ASCIIHexDecode', Buffer.from('20 30>'))
    .stream(10, '/Filter/DCTDecode', Buffer.from('20'))
    .object(11, '<</XObject<</A 12 0 R/B 13 0 R>>/Pattern<</P 14 0 R>>/Font<</F 15 0 R>>>>')
    .stream(12, '/Subtype/Form/BBox[0 0 1 1]/Resources<<>>', Buffer.from('q Q'))
    .stream(13, '/Subtype/Image/Width 1/Height 1', Buffer.from('x'))
    .stream(14, '/PatternType 1/BBox[0 0 1 1]', Buffer.from('f'))
    .object(15, '<</Type/Font/Subtype/Type3/CharProcs<</a 8 0 R/b 9 0 R>>>>')
    .table('/Root 1 0 R/Size 16')
    .bytes()

it('contents are read as one piece, whatever pieces they stand in', async () => {
  await using test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  await writeFile(file, document())
  const { copy, pageReferences } = await inspect(file, test.context)
  const contents = await Promise.all(
    pageReferences.map(async (page) => (await contentsOf(pageOwner(page, copy), copy))?.toString()),
  )
  expect(contents).toEqual(['q 1 0\n 0\n', 'q 1 0\n', '', undefined])
  expect(pageOwner(pageReferences[2] ?? '', copy).resources).toEqual({ '/X': 1 })
  const others = ownersIn(copy, pageReferences).slice(4)
  expect(Object.fromEntries(others.map(({ kind, streams }) => [kind, streams.length]))).toEqual({
    font: 2,
    form: 1,
    pattern: 1,
  })
})

it.each<[string, Record<string, string[]>]>([
  ['/A Do /B gs /C 9 Tf', { '/XObject': ['/A'], '/ExtGState': ['/B'], '/Font': ['/C'] }],
  ['/DeviceRGB cs 0 0 0 sc /P scn', { '/ColorSpace': ['/DeviceRGB'], '/Pattern': ['/P'] }],
  ['/OC /L BDC EMC', { '/Properties': ['/OC', '/L'] }],
  ['/A#42 Do', { '/XObject': ['/AB'] }],
])('%s names its resources', (contents, names) => {
  const found = [...namesIn(Buffer.from(contents))].map(([kind, each]) => [kind, [...each]])
  expect(Object.fromEntries(found)).toEqual(names)
})

it('names with a # stand for what each reader may take them for', () => {
  const names = (contents: string) => [...(namesIn(Buffer.from(contents)).get('/XObject') ?? [])].sort()
  expect(names('/Im#ZZ Do')).toEqual(names('/Im#23ZZ Do'))
  expect(names('/Im#ZZ Do')).toHaveLength(2)
})

it('what cannot be read names whatever looks like a name in it', () => {
  const names = namesIn(Buffer.from('q ] /A /B Do'))
  expect([...names].map(([, each]) => [...each])).toEqual(Array.from({ length: 7 }, () => ['/A', '/B']))
})
