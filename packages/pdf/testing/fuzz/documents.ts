import { deflateSync } from 'node:zlib'
import { aPage, catalogue, contents, onePage, type RawDocument } from '../raw-document.ts'

/** Makes a document into one that is empty yet, of which another may be asked for. */
export type Make = (empty: (start?: string) => RawDocument) => Buffer

const root = '/Root 1 0 R/Info 7 0 R/Size 12'
const info = '<</Title(A \\(title\\)\\101)/Author<feff0041>/Keys[1 -2.50 +3 .5 6. true null/A#42]>>'
const images = '/Type/XObject/Subtype/Image/Width 4/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray'
const forms = `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<</XObject<</I 6 0 R>>>>/Contents[4 0 R]>>`
const rows = deflateSync(Buffer.from([2, 1, 2, 3, 4, 2, 5, 6, 7, 8]))
const predicted = `${images}/Filter[/FlateDecode]/DecodeParms[<</Predictor 15/Columns 4>>]`

/** It would unpack to 20 MB. */
const bomb = deflateSync(Buffer.alloc(20_000_000, 0x20))

const plain = (document: RawDocument) =>
  document
    .object(1, catalogue)
    .object(2, onePage)
    .object(3, forms)
    .stream(4, '', contents, '5 0 R')
    .object(5, String(contents.length))
    .stream(6, predicted, rows)
    .object(7, info)

const placesOf = (document: RawDocument, stream: number, packed: readonly number[]) => [
  ...packed.map((number, index): [number, number, number, number] => [number, 2, stream, index]),
  ...[...document.offsets].map(([number, at]): [number, number, number, number] => [number, 1, at, 0]),
]

const packedIn = (document: RawDocument) =>
  document
    .stream(4, '/Filter/ASCIIHexDecode', Buffer.from(`${contents.toString('hex')}>`))
    .stream(6, predicted, rows)
    .packed(8, { 1: catalogue, 2: onePage, 3: forms, 5: '[(x)<</Y 7 0 R>>]', 7: info })

const packedPlaces = (document: RawDocument) => placesOf(document, 8, [1, 2, 3, 5, 7])

const ofManyPages = (document: RawDocument) =>
  document
    .object(1, '<</Type/Catalog/Pages 2 0 R/Names<</Dests 9 0 R>>/Outlines 10 0 R>>')
    .object(2, '<</Type/Pages/Kids[5 0 R 3 0 R null]/Count 3/MediaBox[0 0 9 9]>>')
    .object(3, aPage)
    .stream(4, '/Filter[/A85/RL]', Buffer.from('!!*'.concat('~>')))
    .object(5, '<</Type/Pages/Parent 2 0 R/Kids[6 0 R 8 0 R]/Count 2>>')
    .object(6, '<</Type/Page/Parent 5 0 R/Annots[<</Subtype/Link/Dest[8 0 R/Fit]>>]>>')
    .object(8, '<</Type/Page/Parent 5 0 R/Contents 11 0 R>>')
    .object(9, '<</Names[(a)[3 0 R/XYZ null null 0](b)[6 0 R/Fit]]/Limits[(a)(b)]>>')
    .object(10, '<</First 7 0 R/Last 7 0 R/Count 1>>')
    .object(7, '<</Title(T)/Parent 10 0 R/Dest[3 0 R/Fit]>>')
    .stream(
      11,
      '/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>',
      Buffer.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]),
    )

/** Sound documents of every make that there is: tables, packed, both, changed later, junk around, line ends. */
export const makes: Readonly<Record<string, Make>> = {
  'a table': (empty) => plain(empty()).table(root).bytes(),
  'many pages': (empty) => ofManyPages(empty()).table('/Root 1 0 R/Size 12/ID[<00><01>]').bytes(),
  packed: (empty) => {
    const document = packedIn(empty())
    return document.places(9, packedPlaces(document), root).bytes()
  },
  both: (empty) => {
    const document = packedIn(empty())
    const at = document.size
    document.places(9, packedPlaces(document), root)
    return document.table(`${root}/XRefStm ${at}`, { numbers: [4, 6], free: [1, 2, 3] }).bytes()
  },
  'changed later': (empty) => {
    const document = plain(empty())
    const at = document.size
    return document
      .table(root)
      .object(3, aPage)
      .table(`${root}/Prev ${at}`, { numbers: [3], free: [6] })
      .bytes()
  },
  'junk around': (empty) => plain(empty('junk\n%PDF-1.4\n')).table(root).add('\0'.repeat(90)).bytes(),
  'carriage returns': (empty) =>
    Buffer.from(plain(empty()).table(root).bytes().toString('latin1').replaceAll('\n', '\r'), 'latin1'),
  'a bomb of objects': (empty) => {
    const document = empty().stream(4, '', contents)
    document.stream(8, '/Type/ObjStm/N 3/First 12/Filter/FlateDecode', bomb)
    return document.places(9, packedPlaces(document), root).bytes()
  },
}
