import { byHand, byQpdf, type Change, first, streamOf, withBytes, withObjects } from '../changes.ts'
import { cases } from '../planted.ts'

/** Text in UTF-16 with its mark, as hexadecimal digits. */
const utf16 = (text: string) => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`

const notation = cases('another notation', {
  'numbers': byHand(['0.5 w 260 70 m', '.500 w 260.0 70 m'], ['/ca 0.5', '/ca .50']),
  'strings as digits': byHand(['(Check this figure)', `<${Buffer.from('Check this figure').toString('hex')}>`]),
  'text in UTF-16': byHand(['/V (Ada)', `/V ${utf16('Ada')}`], ['/Title (Report)', `/Title ${utf16('Report')}`], ['(A soft picture with a red disc)', utf16('A soft picture with a red disc')]),
  'escapes in strings': byHand(['(overdue since March)', '(over\\144ue since \\115arch)']),
  'escapes in names': byHand(['/BaseFont /Helvetica-Bold', '/BaseFont /Helvetica#2DBold'], ['/Photo Do Q\nq 40', '/Ph#6fto Do Q\nq 40']),
  'comments and space': byHand(['0.5 w 260 100 m 480 100 l S', '% a rule\n  0.5   w\n260 100 m\t480 100 l S']),
  'a date as it was, in other words': byHand(['/ModDate (D:20240102030405Z)', "/ModDate (D:20250102030405+00'00')"]),
  'corners the other way round': byHand(['/Rect [ 20 136 200 150 ]', '/Rect [ 200 150 20 136 ]']),
  'a colour by another operator': byHand(['1 0 0 rg BT /F2', '/DeviceRGB cs 1 0 0 sc BT /F2']),
  'a rectangle of lines': byHand(['0 0 1 rg 20 20 60 40 re f', '0 0 1 rg 20 20 m 80 20 l 80 60 l 20 60 l h f']),
  'a script in a stream': byHand(["/JS (app.alert\\('Read me'\\);)", '/JS 89 0 R'], withObjects(streamOf("app.alert('Read me');"))),
}) // prettier-ignore

const structure = cases('another structure', {
  'boxes of their own': byHand(['/Contents 50 0 R', '/Contents 50 0 R\n  /MediaBox [ 0 0 500 160 ]']),
  'a box that says what is so anyway': byHand(['/Contents 50 0 R', '/Contents 50 0 R\n  /CropBox [ 0 0 500 160 ]']),
  'a turn of nought less': byHand(['\n  /Rotate 0', '']),
  'a crop box less that was the page': byHand(['\n  /CropBox [ 0 0 500 160 ]', '']),
  'a Decode less that was usual': byHand(['\n  /Decode [ 0 1 ]', '']),
  'pages in a deeper tree': byHand(
    ['/Kids [ 11 0 R 10 0 R 58 0 R ]', '/Kids [ 89 0 R 58 0 R ]'],
    ['/Parent 16 0 R', '/Parent 89 0 R', 10],
    ['/Parent 16 0 R', '/Parent 89 0 R', 11],
    withObjects('<<\n  /Type /Pages /Parent 16 0 R /Kids [ 11 0 R 10 0 R ] /Count 2\n>>'),
  ),
  'names in a deeper tree': byHand(
    ['/Names [\n        (pictures)\n        [ 10 0 R /Fit ]\n        (top)\n        [ 11 0 R /Fit ]\n      ]', '/Kids [ << /Limits [ (pictures) (top) ] /Names [ (pictures) [ 10 0 R /Fit ] (top) << /D [ 11 0 R /Fit ] >> ] >> ]'],
  ),
  'an entry that leads through a name': byHand(['/Dest [ 11 0 R /Fit ]\n  /First', '/Dest (top)\n  /First']),
  'a link that leads through an action': byHand(['/Dest [ 58 0 R /XYZ 0 120 0 ]', '/A << /S /GoTo /D [ 58 0 R /XYZ 0 120 null ] >>']),
  'an action of its own': byHand(['/A <<\n    /S /URI\n    /URI (https://example.org/call)\n  >>', '/A 89 0 R'], withObjects('<<\n  /S /URI /URI (https://example.org/call)\n>>')),
  'labels page by page': byHand(['1\n      <<\n        /P (A-)\n        /S /D\n        /St 5\n      >>', '1 << /P (A-) /S /D /St 5 >> 2 << /P (A-) /S /D /St 6 >>']),
  'resources that all pages share': byHand(
    ['/Parent 16 0 R\n  /PieceInfo', '/Resources 89 0 R\n  /Parent 16 0 R\n  /PieceInfo'],
    ['/Resources <<\n    /Font <<\n      /F1 3 0 R\n      /F2 31 0 R\n      /F3 32 0 R\n      /F4 33 0 R\n    >>\n  >>\n  /Thumb', '/Thumb'],
    withObjects('<<\n  /Font << /F1 3 0 R /F2 31 0 R /F3 32 0 R >>\n>>'),
  ),
  'one font for two that are the same': first(byHand(['/F2 31 0 R', '/F2 3 0 R', 10], ['/F2 31 0 R', '/F2 3 0 R', 11], ['/F2 31 0 R', '/F2 3 0 R', 58])),
  'another name for a font': byHand(['/F3 32 0 R', '/Bold 32 0 R', 11], ['BT /F3 10 Tf', 'BT /Bold 10 Tf']),
  'what nothing draws left out': byHand(['\n      /Unused 46 0 R', ''], ['\n      /F4 33 0 R', '', 11]),
  'private data left out': byHand(
    ['\n  /Thumb 52 0 R', ''],
    ['/PieceInfo <<', '/OldInfo <<', 11],
    ['\n  /PieceInfo <<\n    /Editor <<\n      /LastModified (D:20240101000000Z)\n      /Private (yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy)\n    >>\n  >>', ''],
  ),
}) // prettier-ignore

/** The contents of the first page in two streams, cut where a line ends. */
const split: Change = (pdf, folder) => {
  const text = pdf.toString('latin1')
  const begin = text.indexOf('stream\nBT /F1 10 Tf 20 140') + 7
  const [cut, end] = [text.indexOf('0.5 w 260 70 m', begin), text.indexOf('endstream', begin)]
  const behind = text.slice(cut, end)
  const shorter = Buffer.from(text.slice(0, cut) + text.slice(end), 'latin1')
  return byHand(['/Contents 50 0 R', '/Contents [ 50 0 R 89 0 R ]'], withObjects(streamOf(behind)))(shorter, folder)
} // prettier-ignore

const contents = cases('contents put otherwise', {
  'in two streams': split,
  'in two streams, and joined': first(split, byQpdf('--coalesce-contents', 'IN')),
  'a form that stands in them': byHand(['1 0 0 1 400 100 cm /Form Do', '1 0 0 1 400 100 cm 0 0.4 0.2 rg 0 0 60 40 re f 1 g BT /F2 9 Tf 6 16 Td (Form 77) Tj ET']),
  'in states of their own': withBytes(50, (bytes) => Buffer.from(`q\n${bytes.toString('latin1')}\nQ`, 'latin1')),
  'text shown letter by letter': byHand(['(overdue since March) Tj', '[ (over) 0 (due) 0 ( since March) ] TJ']),
}) // prettier-ignore

/** What readers put right by themselves. */
const broken = cases('broken and mended', {
  'cross-references that lead nowhere': (pdf) => Buffer.from(pdf.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1'),
  'junk in front': (pdf) => Buffer.concat([Buffer.from('junk in front\n'), pdf]),
  'junk behind': (pdf) => Buffer.concat([pdf, Buffer.from('\njunk behind\n')]),
  'a wrong length': (pdf) => Buffer.from(pdf.toString('latin1').replace('51 0 obj\n665', '51 0 obj\n600'), 'latin1'),
}) // prettier-ignore

export const notationSound = [...notation, ...structure, ...contents, ...broken]
