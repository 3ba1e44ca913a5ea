import { byHand, withBytes } from '../changes.ts'
import { cases, type JudgeName } from '../planted.ts'

const compressed: readonly JudgeName[] = ['compressed']

const links = cases('links', {
  lost: byHand(['/Annots [ 48 0 R ', '/Annots [ ']),
  'to another page': byHand(['/Dest [ 58 0 R /XYZ 0 120 0 ]', '/Dest [ 10 0 R /XYZ 0 120 0 ]']),
  'to another place of the page': byHand(['/XYZ 0 120 0', '/XYZ 0 20 0']),
  'to another address': byHand(['example.org/call', 'example.org/sell']),
  'without an address': byHand(['\n  /A <<\n    /S /URI\n    /URI (https://example.org/call)\n  >>', '']),
  'to a name that is lost': byHand(['(pictures)\n        [', '(picture)\n        [']),
  'at another place': byHand(['/Rect [ 20 46 200 60 ]', '/Rect [ 20 96 200 110 ]']),
}, { says: /links, fields or other|has lost a link/ }) // prettier-ignore

const outline = cases('the outline', {
  lost: byHand(['\n  /Outlines 15 0 R', '']),
  'an entry less': byHand(['/Next 67 0 R', '/Next 57 0 R'], ['/Prev 67 0 R', '/Prev 56 0 R']),
  'an entry to another page': byHand(['/Dest [ 11 0 R /Fit ]\n  /First', '/Dest [ 10 0 R /Fit ]\n  /First']),
  'an entry to another place': byHand(['/XYZ 0 140 0', '/XYZ 0 10 0']),
  'another title': byHand(['/Title (Report)', '/Title (Resort)']),
  'an entry without its address': byHand(['\n  /A <<\n    /S /URI\n    /URI (https://example.org/report)\n  >>', '']),
  'an entry below that is lost': byHand(['\n  /First 66 0 R\n  /Last 66 0 R', '']),
}, { says: /outline/ }) // prettier-ignore

const fields = cases('fields', {
  lost: byHand(['4 0 R 5 0 R 6 0 R 7 0 R ]\n  /Contents', '5 0 R 6 0 R 7 0 R ]\n  /Contents']),
  'another value': byHand(['/V (Ada)', '/V (Eve)']),
  'a box that is not ticked': byHand(['/AS /Yes', '/AS /Off'], ['/V /Yes', '/V /Off']),
  'a box that looks as if it were not ticked': byHand(['/AS /Yes', '/AS /Off']),
  'no appearance': byHand(['/AP <<\n    /N 18 0 R\n  >>', '']),
  'an appearance that is empty': withBytes(18, () => Buffer.alloc(0)),
  'no choices': byHand(['\n  /Opt [\n    [ (gb) (Britain) ]\n    [ (fr) (France) ]\n  ]', '']),
  'one that anybody may change': byHand(['/FT /Btn', '/FT /Btn\n  /Ff 1']),
  'one that need not be filled in': byHand(['\n  /Ff 2\n', '\n']),
  'no form': byHand(['/Fields [ 4 0 R 5 0 R 6 0 R 7 0 R ]', '/Fields [ ]']),
  'one that the form does not list': byHand(['/Fields [ 4 0 R ', '/Fields [ ']),
}, { says: /fields or other annotations|form fields|has lost the field/ }) // prettier-ignore

const named = cases('fields', {
  'another name': byHand(['/T (name)', '/T (first name)']),
  'no words for those who do not see it': byHand(['\n  /TU (Your name)', '']),
}, { judges: compressed, says: /links, fields or other/ }) // prettier-ignore

const notes = cases('annotations', {
  'a note that is lost': byHand(['/Annots [ 68 0 R ', '/Annots [ ']),
  'a note without words': byHand(['\n  /Contents (Check this figure)', '']),
  'a note of other words': byHand(['(Check this figure)', '(Trust this figure)']),
  'one that is hidden': byHand(['/F 4', '/F 6', 69]),
  'one that is not printed': byHand(['/F 4', '/F 0', 69]),
  'one that was hidden and is shown': byHand(['/F 2', '/F 4', 72]),
  'a stamp without appearance': byHand(['/AP <<\n    /N 82 0 R\n  >>', '']),
  'a stamp that is empty': withBytes(82, () => Buffer.alloc(0)),
  'a stamp of other words': byHand(['(PAID)', '(OPEN)']),
}, { says: /other annotations|has lost an annotation/ }) // prettier-ignore

const attachments = cases('attached files', {
  lost: byHand(['/Names [\n        (sums.csv)\n        12 0 R\n      ]', '/Names [ ]']),
  'that lead nowhere': byHand(['/F 54 0 R', '/F 999 0 R']),
  'of other bytes': byHand(['engine,1234.50', 'engine,1284.50']),
  'that are empty': withBytes(54, () => Buffer.alloc(0)),
  'of another name': byHand(['(sums.csv)\n        12', '(sum.csv)\n        12']),
  'a note without its file': byHand(['\n  /FS 84 0 R', '']),
  'a note with another file': byHand(['1997,12.5', '1997,15.2']),
}, { says: /attachments|attached files|other annotations|has lost an annotation/ }) // prettier-ignore

const signatures = cases('signatures', {
  lost: byHand(['\n  /V 28 0 R', '']),
  'without what was signed': byHand(['\n  /ByteRange [ 0 100 200 300 ]', '']),
  'of other bytes': byHand(['<30313233343536373839616263646566>', '<30313233343536373839616263646567>']),
}, { judges: compressed, says: /fields or other annotations/ }) // prettier-ignore

export const belongingDamages = [
  ...links,
  ...outline,
  ...fields,
  ...named,
  ...notes,
  ...attachments,
  ...signatures,
]
