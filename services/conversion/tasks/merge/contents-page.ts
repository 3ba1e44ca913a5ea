import { type NewObjects, serialise, textBytes, textValue } from '@pdf-smaller/pdf'
import { newPage, type PageSize } from './new-page.ts'

/** A line of the table of contents: what it says, the number of the page, and the page. */
export type Line = { title: string; page: number; target: string }

/** Points. */
const [margin, lineHeight, fontSize, headingSize] = [64, 20, 11, 18]
/** A digit of Helvetica is so wide, of the size of the font. */
const digitWidth = 0.556

/** Codes of PDFDocEncoding that WinAnsiEncoding has for other characters (ISO 32000-1, annex D). */
const differences = [
  0x18,
  ...'breve caron circumflex dotaccent hungarumlaut ogonek ring tilde'.split(' '),
  0x80,
  ...(
    'bullet dagger daggerdbl ellipsis emdash endash florin fraction guilsinglleft guilsinglright minus perthousand ' +
    'quotedblbase quotedblleft quotedblright quoteleft quoteright quotesinglbase trademark fi fl Lslash OE Scaron ' +
    'Ydieresis Zcaron dotlessi lslash oe scaron zcaron'
  ).split(' '),
  0xa0,
  'Euro',
].map((each) => (typeof each === 'number' ? each : `/${each}`))

const linesOn = ({ height }: PageSize) =>
  Math.max(1, Math.floor((height - 2 * margin - 2 * lineHeight) / lineHeight))

/** How many pages so many lines need. */
export const contentsPagesFor = (lines: number, size: PageSize): number => Math.ceil(lines / linesOn(size))

/**
 * Writes a table of contents; each line leads to its page.
 * @returns its pages
 */
export function contentsPages(
  lines: readonly Line[],
  size: PageSize,
  target: NewObjects,
  tree: string,
): string[] {
  const encoding = { '/Type': '/Encoding', '/BaseEncoding': '/WinAnsiEncoding', '/Differences': differences }
  const font = target.add({
    value: { '/Type': '/Font', '/Subtype': '/Type1', '/BaseFont': '/Helvetica', '/Encoding': encoding },
  })
  const pages: string[] = []
  for (let from = 0; from < lines.length; from += linesOn(size)) {
    const own = lines.slice(from, from + linesOn(size))
    const top = size.height - margin - headingSize
    const heading = from === 0 ? drawText('Contents', margin, top, headingSize) : ''
    const placed = own.map((line, index) => ({ line, y: top - (index + 2) * lineHeight }))
    const content = [heading, ...placed.map(({ line, y }) => drawLine(line, y, size))].join('\n')
    pages.push(
      target.add({
        value: {
          ...newPage(size, tree),
          '/Resources': { '/Font': { '/F': font } },
          '/Contents': target.add({ dictionary: {}, data: Buffer.from(content, 'latin1') }),
          '/Annots': placed.map(({ line, y }) => target.add({ value: linkTo(line, y, size) })),
        },
      }),
    )
  }
  return pages
}

/** The title, cut off before the number of the page, and a rule below. */
function drawLine({ title, page }: Line, y: number, { width }: PageSize): string {
  const number = String(page)
  const numberAt = width - margin - number.length * digitWidth * fontSize
  const room = `${margin} ${y - 6} ${numberAt - margin - fontSize} ${lineHeight} re W n`
  const rule = `0.8 G 0.5 w ${margin} ${y - 6} m ${width - margin} ${y - 6} l S`
  return `${rule} q ${room} ${drawText(title, margin, y, fontSize)} Q ${drawText(number, numberAt, y, fontSize)}`
}

function drawText(text: string, x: number, y: number, size: number): string {
  return `BT /F ${size} Tf ${x} ${y} Td ${serialise(textValue(drawable(text)))} Tj ET`
}

/** Helvetica has the characters of one byte; others are drawn as question marks. */
const drawable = (text: string) =>
  Array.from(text, (character) => (textBytes(character).length === 1 ? character : '?')).join('')

const linkTo = ({ target }: Line, y: number, { width }: PageSize) => ({
  '/Type': '/Annot',
  '/Subtype': '/Link',
  '/Rect': [margin, y - 6, width - margin, y + lineHeight - 6],
  '/Border': [0, 0, 0],
  '/Dest': [target, '/Fit'],
})
