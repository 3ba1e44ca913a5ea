import { byHand, byQpdf } from '../changes.ts'
import { locked } from '../originals.ts'
import { cases, type JudgeName } from '../planted.ts'

/** What only a document that is to stay the same keeps. */
const compressed: readonly JudgeName[] = ['compressed']

const layers = cases('layers', {
  'one that is shown': byHand(['/OFF [ 13 0 R ]', '/OFF [ ]']),
  'one that is hidden': byHand(['/OFF [ 13 0 R ]', '/OFF [ 13 0 R 14 0 R ]'], ['/ON [ 14 0 R ]', '/ON [ ]']),
  'contents that are on none': byHand(['/OC /Unseen BDC', '/OC /Other BDC']),
  'all lost': byHand(['/OCProperties <<', '/Properties <<']),
}, { says: /layers|colours of|marks on page/ }) // prettier-ignore

const settings = cases('layers', {
  'another name': byHand(['/Name (Hidden)', '/Name (Visible)']),
  'one that may be switched': byHand(['/Locked [ 13 0 R ]', '/Locked [ ]']),
  'one that is not listed': byHand(['/Order [ 14 0 R 13 0 R ]', '/Order [ 14 0 R ]']),
  'one that is seen on paper': byHand(['/Name (Hidden)', '/Name (Hidden)\n  /Usage << /Print << /PrintState /ON >> >>']),
}, { judges: compressed, says: /layers/ }) // prettier-ignore

const tags = cases('tags', {
  lost: byHand(['\n  /StructTreeRoot 17 0 R', ''], ['/Marked true', '/Marked false']),
  'an element less': byHand(['/K [ 75 0 R 76 0 R 77 0 R 78 0 R ]', '/K [ 75 0 R 76 0 R 77 0 R ]'], ['[ 75 0 R 76 0 R 77 0 R 78 0 R ]\n  ]', '[ 75 0 R 76 0 R 77 0 R ]\n  ]']),
  'words for a picture': byHand(['\n  /Alt (A soft picture with a red disc)', '']),
  'other words for a picture': byHand(['(A soft picture with a red disc)', '(A soft picture)']),
  'a heading that is none': byHand(['/S /H1', '/S /P', 75]),
  'another order': byHand(['/K [ 75 0 R 76 0 R', '/K [ 76 0 R 75 0 R']),
  'a language of a part': byHand(['\n  /Lang (fr)', '']),
  'what a kind of its own stands for': byHand(['/Story /Sect', '/Story /Div']),
  'contents that belong to another element': byHand(['/K 1', '/K 3', 76]),
  'contents without marks': byHand(['/P <</MCID 0>> BDC BT /F1 12 Tf 20 130 Td (Annual report) Tj ET EMC', 'BT /F1 12 Tf 20 130 Td (Annual report) Tj ET']),
}, { judges: compressed, says: /tags|structure elements/ }) // prettier-ignore

const metadata = cases('metadata', {
  'no title': byHand(['\n  /Title (Annual report)', '']),
  'another author': byHand(['/Author (Ada Lovelace)', '/Author (Ada)']),
  'another date of creation': byHand(['(D:20240102030405+01', '(D:20250102030405+01']),
  'no XMP': byHand(['\n  /Metadata 8 0 R', '']),
  'an XMP packet that says less': byHand(['The annual report', '']),
  'an XMP packet that cannot be read': byHand(['/Subtype /XML', '/Subtype /XML\n  /Filter /FlateDecode']),
  'what colours are meant for': byHand(['(FOGRA39)', '(SWOP)']),
}, { judges: compressed, says: /information|metadata|settings/ }) // prettier-ignore

const viewing = cases('what viewers are told', {
  'no language': byHand(['\n  /Lang (en-GB)', '']),
  'no preferences': byHand(['\n  /ViewerPreferences <<', '\n  /Preferences <<']),
  'another mode': byHand(['/PageMode /UseOutlines', '/PageMode /UseNone']),
  'no page to open': byHand(['/OpenAction', '/NoAction']),
  'another page to open': byHand(['/OpenAction [ 10 0 R', '/OpenAction [ 11 0 R']),
  'a name to lead to from elsewhere': byHand(['(top)\n        [', '(tip)\n        [']),
  'another order of fields and links': byHand(['/Tabs /S', '/Tabs /R']),
}, { judges: compressed, says: /settings for the viewer|named places|pages, boxes/ }) // prettier-ignore

const labels = cases('page labels', {
  lost: byHand(['/PageLabels <<', '/Labels <<']),
  'another prefix': byHand(['/P (A-)', '/P (B-)']),
  'from another number': byHand(['/St 5', '/St 1']),
}, { says: /labels|numbered otherwise/ }) // prettier-ignore

const scripts = cases('scripts', {
  lost: byHand(['[\n        (start)\n        <<\n          /JS (app.alert\\(\'Read me\'\\);)\n          /S /JavaScript\n        >>\n      ]', '[ ]']),
  'of other words': byHand(["app.alert\\('Read me'\\)", "app.alert\\('Pay me'\\)"]),
}, { judges: compressed, says: /scripts/ }) // prettier-ignore

const protection = cases('protection', {
  lost: byQpdf('--decrypt', 'IN'),
  'other permissions': byQpdf('--encrypt', '', 'owner', '256', '--print=full', '--', 'IN'),
  weaker: byQpdf('--encrypt', '', 'owner', '128', '--use-aes=y', '--print=none', '--', 'IN'),
}, { judges: compressed, original: 'locked', says: /protection|encryption/ }) // prettier-ignore

export const lockedReport = byQpdf(...locked)

export const documentDamages = [
  ...layers,
  ...settings,
  ...tags,
  ...metadata,
  ...viewing,
  ...labels,
  ...scripts,
  ...protection,
]
