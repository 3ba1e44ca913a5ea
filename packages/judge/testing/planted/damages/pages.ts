import { byHand, byQpdf, type Edit, streamOf, withObjects } from '../changes.ts'
import { cases } from '../planted.ts'

const pages = cases('pages', {
  'one less': byQpdf('IN', '--pages', '.', '1-2', '--'),
  'one twice': byQpdf('IN', '--pages', '.', '1-3,3', '--'),
  'one in the place of another': byQpdf('IN', '--pages', '.', '1,2,2', '--'),
  'another order': byQpdf('IN', '--pages', '.', '2,1,3', '--'),
  turned: byQpdf('IN', '--rotate=+90:2'),
  'upside down': byQpdf('IN', '--rotate=180:1'),
  cropped: byHand(['/CropBox [ 0 0 500 160 ]', '/CropBox [ 0 0 300 160 ]']),
  'of another size': byHand(['/MediaBox [ 0 0 500 160 ]', '/MediaBox [ 0 0 595 842 ]']),
  'of another unit': byHand(['/Rotate 0', '/Rotate 0\n  /UserUnit 2']),
  'without the box to trim to': byHand(['\n  /TrimBox [ 10 10 490 150 ]', '']),
  'without contents': byHand(['\n  /Contents 29 0 R', '']),
  'with the contents of another': byHand(['/Contents 73 0 R', '/Contents 50 0 R']),
  'with contents that end early': byHand(['(Total due: 1234.50 EUR until 31 March 2025) Tj ET', '(Total due: 1234.50 EUR until 31 March 2025) Tj ET >> ] ) Q Q Q EI endstream']),
}, { says: /pages|boxes|text of page|looks different|marks on page|has lost a link|numbered|layers/ }) // prettier-ignore

const late = cases('a late page of many', {
  'lost words': byHand(['(Page 287 of the long report, sum 2009.50)', '(Page 287 of the long)']),
  'a changed digit': byHand(['Page 150 of the long report, sum 1050.50', 'Page 150 of the long report, sum 1060.50']),
  'the words of the page before': byHand(['(Page 222 of the long report, sum 1554.50)', '(Page 221 of the long report, sum 1547.50)']),
  'a link to another page': byHand([`/Dest [ ${4 + 201 * 6} 0 R`, `/Dest [ ${4 + 202 * 6} 0 R`]),
  'a link less': byHand([`/Annots [ ${4 + 172 * 6 + 5} 0 R ]`, '']),
  'a form less': byHand([`/Sign ${4 + 172 * 6 + 3} 0 R`, '/Sign 999999 0 R']),
  'a form that is not drawn': byHand(['(Page 173 of the long report, sum 1211.50) Tj ET\nq 1 0 0 1 170 10 cm /Sign Do Q', '(Page 173 of the long report, sum 1211.50) Tj ET']),
  'a form that draws something else': byHand(['0 0.3 0.8 rg', '0.8 0.3 0 rg', 4 + 172 * 6 + 3]),
  turned: byQpdf('IN', '--rotate=+90:250'),
  'two that have changed places': byQpdf('IN', '--pages', '.', '1-200,202,201,203-300', '--'),
}, { original: 'long', says: /page (150|173|200|201|202|222|250|287)|links, fields|boxes/ }) // prettier-ignore

/** What nobody asked for: qpdf leaves pages in that links lead to. */
const onlyFirst: readonly Edit[] = [
  ['/Kids [ 11 0 R 10 0 R 58 0 R ]', '/Kids [ 11 0 R ]'],
  ['/Count 3', '/Count 1'],
]
const withoutLinks: readonly Edit[] = [
  ['/Annots [ 48 0 R 49 0 R 4 0 R 5 0 R 6 0 R 7 0 R ]', '/Annots [ 49 0 R 4 0 R 5 0 R 6 0 R 7 0 R ]'],
  ['/First 66 0 R\n  /Last 66 0 R\n  /Next 67 0 R', '/Next 57 0 R'],
]
/** What of the document leads to pages besides those. */
const leadingOn: readonly Edit[] = [
  ['\n  /OpenAction [ 10 0 R /Fit ]', ''],
  ['\n  /StructTreeRoot 17 0 R', ''],
  ['\n  /Prev 67 0 R\n', '\n'],
  ['(pictures)\n        [ 10 0 R /Fit ]', ''],
]

const leaks = cases('contents of other pages', {
  'those that links lead to': byQpdf('IN', '--pages', '.', '1', '--'),
  'all of them': byHand(...onlyFirst),
  'those of pages that nothing leads to': byHand(...onlyFirst, ...withoutLinks, ...leadingOn),
}, { judges: ['assembled'], pages: [1], says: /pages that were not asked for|belong to nothing/ }) // prettier-ignore

const bloat = cases('bloat', {
  'two megabytes that nothing leads to': byHand(withObjects(streamOf('junk of no use '.repeat(140_000)))),
  'two megabytes of private data': byHand(withObjects(streamOf('junk of no use '.repeat(140_000))), ['\n  /PieceInfo <<\n    /Editor <<\n      /LastModified (D:20240101000000Z)\n      /Private (y', '\n  /PieceInfo <<\n    /Editor <<\n      /Junk 89 0 R\n      /LastModified (D:20240101000000Z)\n      /Private (y']),
}, { judges: ['assembled'], says: /bytes/ }) // prettier-ignore

export const pageDamages = [...pages, ...late, ...leaks, ...bloat]
