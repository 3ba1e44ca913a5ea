import { byHand, withBytes } from '../changes.ts'
import { cases, seen } from '../planted.ts'

const lost = cases('lost text', {
  'a line': byHand(['(Interest is 12.5 per cent of what is open)', '()']),
  'a word': byHand(['(overdue since March)', '(overdue March)']),
  'the words of a form': byHand(['(Form 77)', '()']),
  'words that are drawn in white': byHand(['BT /F1 10 Tf 20 108 Td', '1 g BT /F1 10 Tf 20 108 Td']),
  'words that are no longer drawn': byHand(['20 108 Td (Int', '20 108 Td 3 Tr (Int']),
  'words behind a white box': byHand([
    '0.5 w 260 70 m',
    '1 g 18 104 220 14 re f 0 g 0.5 w 260 70 m',
  ]),
  'what letters stand for': byHand(['\n  /ToUnicode 62 0 R', '']),
  'what letters stand for, as others': byHand(['<0001> <0008> <0041>', '<0001> <0008> <0042>']),
}, { says: seen }) // prettier-ignore

const changed = cases(
  'changed digits',
  {
    'one digit': byHand(['Total due: 1234.50', 'Total due: 1284.50']),
    'two that have changed places': byHand(['Interest is 12.5 ', 'Interest is 15.2 ']),
    'a year': byHand(['(Pictures of 1997)', '(Pictures of 1991)']),
    'a lost decimal point': byHand(['169 76 Td (.) Tj', '169 76 Td ( ) Tj']),
    'a point that is a comma': byHand(['1234.50 EUR', '1234,50 EUR']),
  },
  { says: seen },
)

const changedAmongMany = cases(
  'changed digits',
  {
    'one digit of many': byHand(['(100.00 110.10', '(100.00 170.10']),
    'a number less among many': byHand(['(100.00 110.10', '(100.00']),
    'a point less among many': byHand(['(100.00 110.10', '(100.00 11010']),
  },
  { original: 'prices', says: seen },
)

const moved = cases('moved text', {
  'a line by four points': byHand(['20 108 Td', '20 112 Td']),
  'a word into another column': byHand(['(Engine) Tj 80 0 Td', '(Engine) Tj 110 0 Td']),
  'lines that have changed places': byHand(['20 92 Td (overdue', '20 76 Td (overdue'], ['20 76 Td (please', '20 92 Td (please']),
  'a larger size': byHand(['/F1 12 Tf 20 130', '/F1 16 Tf 20 130']),
}, { says: seen }) // prettier-ignore

/** Two letters that change places in the table from codes to shapes. */
const swapped = (bytes: Buffer) => {
  const [one, other] = [bytes[3] ?? 0, bytes[9] ?? 0]
  bytes[3] = other
  bytes[9] = one
  return bytes
}

const fonts = cases('letters that show as others', {
  'shapes that have changed places': withBytes(79, swapped),
  'one shape for all letters': withBytes(79, (bytes) => Buffer.from(bytes.map((each, at) => (at % 2 && each ? 3 : 0)))),
  'no shapes at all': withBytes(79, (bytes) => Buffer.alloc(bytes.length)),
  'a font program that is lost': byHand(['\n  /FontFile2 85 0 R', '']),
  'widths that are lost': byHand(['/DW 600', '/DW 200']),
  'bold that is no more': byHand(['/BaseFont /Helvetica-Bold', '/BaseFont /Helvetica']),
  'another family': byHand(['/BaseFont /Helvetica-Bold', '/BaseFont /Courier-Bold']),
}, { says: seen }) // prettier-ignore

export const textDamages = [...lost, ...changed, ...changedAmongMany, ...moved, ...fonts]
