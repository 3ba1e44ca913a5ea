import type { Box } from './placed-text.ts'
import { unescaped } from './unescaped.ts'
import { withUsualLetters } from './usual-letters.ts'

/** A font, by its name without the tag of a subset; its size is in points. */
export type Font = { name: string; size: number; bold: boolean; italic: boolean }

/** Text of a line that is seen. Its place is in points from the upper left corner of the media box; text that runs downwards has no width. */
export type TextRun = { box: Box; parts: TextPart[] }

/** What of a run is in one font; undefined where Poppler only tells that it is another one. */
export type TextPart = { text: string; font: Font | undefined }

/** The most that Poppler enlarges by; it tells of sizes in whole pixels. */
export const pixelsPerPoint = 3

type Described = { name: string; size: number }

const element = /<(page|fontspec|text)\b([^>]*)>(?:(.*)<\/text>)?/g
const attribute = /([a-z]+)="([^"]*)"/g

/**
 * Reads what `pdftohtml -xml` writes, enlarged by `pixelsPerPoint`. Fonts are described once, on the first page that has them.
 */
export function runsIn(xml: string): TextRun[][] {
  const pages: TextRun[][] = []
  const fonts = new Map<string, Described>()
  for (const [, kind, attributes = '', content = ''] of xml.matchAll(element)) {
    const pairs = [...attributes.matchAll(attribute)].map(
      ([, name = '', value = '']) => [name, value] as const,
    )
    const { id = '', font = '', family = '', ...sizes } = Object.fromEntries(pairs)
    const points = (name: string) => Number(sizes[name] ?? 0) / pixelsPerPoint
    const described = fonts.get(font)
    if (kind === 'page') pages.push([])
    else if (kind === 'fontspec')
      fonts.set(id, { name: unescaped(family).replace(subsetTag, ''), size: points('size') })
    else if (described) {
      const [left, top] = [points('left'), points('top')]
      const box: Box = [left, top, left + points('width'), top + points('height')]
      pages.at(-1)?.push({ box, parts: partsOf(content, described, [...fonts.values()]) })
    }
  }
  return pages
}

const subsetTag = /^[A-Z]{6}\+/

/** Poppler puts text of one size and colour together though parts of it are in other cuts of the font, and only tells which. */
function partsOf(content: string, described: Described, fonts: readonly Described[]): TextPart[] {
  const parts: (Omit<Font, keyof Described> & { text: string })[] = []
  let [bold, italic] = [false, false]
  for (const [piece] of content.matchAll(/<[^>]*>|[^<]+/g)) {
    if (/^<\/?b>$/.test(piece)) bold = piece === '<b>'
    else if (/^<\/?i>$/.test(piece)) italic = piece === '<i>'
    else if (!piece.startsWith('<')) parts.push({ text: withUsualLetters(unescaped(piece)), bold, italic })
  }
  const [own] = parts
  return parts.map(({ text, ...cut }) => {
    const isOwn = cut.bold === own?.bold && cut.italic === own.italic
    const font = isOwn ? described : siblingOf(described, cut, fonts)
    return { text, font: font && { ...font, ...cut } }
  })
}

/** The font of that cut that goes with another one, where there is only one. */
function siblingOf(font: Described, cut: { bold: boolean; italic: boolean }, fonts: readonly Described[]) {
  const isSibling = ({ name, size }: Described) =>
    size === font.size &&
    stemOf(name) === stemOf(font.name) &&
    /bold/i.test(name) === cut.bold &&
    /italic|oblique/i.test(name) === cut.italic
  const [sibling, ...others] = fonts.filter(isSibling)
  return others.every(({ name }) => name === sibling?.name) ? sibling : undefined
}

const stemOf = (name: string) =>
  name.replace(/[-,]?((semi|demi)?bold|italic|oblique|regular|roman|MT|PS)+$/gi, '')
