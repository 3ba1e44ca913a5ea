import { standardEncoding } from '../../drawn-anew/standard-encoding.ts'
import type { Program } from './program.ts'

/** The names that follow those of the standard encoding (Adobe Technical Note 5176, appendix A). */
const others =
  'onesuperior logicalnot mu trademark Eth onehalf plusminus Thorn onequarter divide brokenbar degree thorn threequarters ' +
  'twosuperior registered minus eth multiply threesuperior copyright Aacute Acircumflex Adieresis Agrave Aring Atilde ' +
  'Ccedilla Eacute Ecircumflex Edieresis Egrave Iacute Icircumflex Idieresis Igrave Ntilde Oacute Ocircumflex Odieresis ' +
  'Ograve Otilde Scaron Uacute Ucircumflex Udieresis Ugrave Yacute Ydieresis Zcaron aacute acircumflex adieresis agrave ' +
  'aring atilde ccedilla eacute ecircumflex edieresis egrave iacute icircumflex idieresis igrave ntilde oacute ocircumflex ' +
  'odieresis ograve otilde scaron uacute ucircumflex udieresis ugrave yacute ydieresis zcaron'
/** Then come names of experts, which are not known here, and at this number those of the program itself. */
const firstOwn = 391

const usual = [
  '.notdef',
  ...[...standardEncoding().values()].map((name) => name.slice(1)),
  ...others.split(' '),
]

/** The names of a program's glyphs, in their order; undefined for those that are not known. Not of a CID-keyed font. */
export const glyphNames = ({ charset, strings }: Program): (string | undefined)[] =>
  charset.map((number) => {
    const own = strings[number - firstOwn]
    return own ? Buffer.from(own).toString('latin1') : usual[number]
  })
