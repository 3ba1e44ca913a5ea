import { byQpdf, first, rewritten } from '../changes.ts'
import { locked } from '../originals.ts'
import { cases } from '../planted.ts'

const qpdf = cases('rewritten by qpdf', {
  'objects in streams': byQpdf('--object-streams=generate', 'IN'),
  'objects by themselves': byQpdf('--object-streams=disable', 'IN'),
  linearised: byQpdf('--linearize', 'IN'),
  'packed anew': byQpdf('--recompress-flate', '--compression-level=9', '--object-streams=generate', 'IN'),
  unpacked: byQpdf('--stream-data=uncompress', 'IN'),
  'contents in another notation': byQpdf('--normalize-content=y', 'IN'),
  'inline pictures by themselves': byQpdf('--externalize-inline-images', '--ii-min-bytes=0', 'IN'),
  'page by page into itself': byQpdf('IN', '--pages', '.', '1-z', '--'),
  'numbered anew': byQpdf('--qdf', '--no-original-object-ids', 'IN'),
  'a newer version': byQpdf('--min-version=2.0', 'IN'),
  'what nothing leads to kept': byQpdf('--preserve-unreferenced', 'IN'),
  'twice, packed and unpacked': first(byQpdf('--object-streams=generate', 'IN'), byQpdf('--qdf', 'IN')),
})

const protectedAnew = cases(
  'rewritten by qpdf',
  {
    'encrypted with other keys': byQpdf(...locked),
    'encrypted and packed': byQpdf('--object-streams=generate', 'IN'),
  },
  { original: 'locked', judges: ['compressed'] },
)

const longOnes = cases(
  'rewritten by qpdf',
  { 'three hundred pages, packed': byQpdf('--object-streams=generate', '--linearize', 'IN') },
  { original: 'long' },
)

const prices = cases(
  'rewritten by qpdf',
  { 'many numbers': byQpdf('--object-streams=generate', '--normalize-content=y', 'IN') },
  { original: 'prices' },
)

/** What loses nothing may be told from nothing. */
const pictures = cases('pictures packed otherwise', {
  'grey that was grey in colour': rewritten('grey'),
  'black and white as a fax': rewritten('fax'),
  'with lengths of runs': rewritten('run-lengths'),
  'colours for a palette': rewritten('palette-of-a-picture'),
  'a palette for colours': rewritten('picture-of-a-palette'),
  'with differences of lines': rewritten('predictor'),
})

const fonts = cases('rewritten by pikepdf', {
  'a smaller font': rewritten('subset'),
  'saved with other dates': rewritten('saved'),
})

/** What a level of compressing may do to pictures. */
export const lossySound = cases('pictures within a level', {
  'as JPEG of quality 85': rewritten('jpeg'),
  'as progressive JPEG of quality 92': rewritten('jpeg-444'),
  'three quarters of the pixels': rewritten('smaller'),
  'with a profile of the same colours': rewritten('profile'),
}, { judges: ['compressed'] }) // prettier-ignore

export const rewrittenSound = [...qpdf, ...protectedAnew, ...longOnes, ...prices, ...pictures, ...fonts]
