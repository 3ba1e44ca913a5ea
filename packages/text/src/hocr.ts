import type { Box, PlacedPage } from './placed-text.ts'
import { unescaped } from './unescaped.ts'

/** A line that was read on an image, with what its text stands on; all sizes are in pixels. */
export type ReadLine = {
  box: Box
  /** Which way the text runs: from left to right, or turned counterclockwise by so many degrees. */
  angle: 0 | 90 | 180 | 270
  /** How far the line that letters stand on rises to the right, as a part of its width, and where it begins above the box's bottom. */
  baseline: { slope: number; above: number }
  /** From the lowest to the highest letters. */
  height: number
  words: { text: string; box: Box; confidence: number }[]
}

/** The paragraphs of a page in the order in which they are read. */
export type ReadPage = { width: number; height: number; paragraphs: ReadLine[][] }

const element =
  /<(?:div|p|span) class='(ocr_page|ocr_par|ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word)'[^>]*? title=(?:'([^']*)'|"([^"]*)")[^>]*>/g

/**
 * Reads the page of an hOCR document as Tesseract writes them (hOCR 1.2, https://kba.github.io/hocr-spec/1.2/).
 * @returns undefined where there is no page
 */
export function readHocr(hocr: string): ReadPage | undefined {
  let page: ReadPage | undefined
  for (const match of hocr.matchAll(element)) {
    const [whole, kind] = match
    const title = match[2] ?? match[3] ?? ''
    const box = boxOf(title)
    const lines = page?.paragraphs.at(-1)
    if (kind === 'ocr_page') page = { width: box[2], height: box[3], paragraphs: [] }
    else if (kind === 'ocr_par') page?.paragraphs.push([])
    else if (kind !== 'ocrx_word') lines?.push({ box, ...layOf(title, box), words: [] })
    else {
      const start = match.index + whole.length
      const text = plain(hocr.slice(start, hocr.indexOf('</span>', start)))
      const word = { text, box, confidence: numbersOf(title, 'x_wconf')[0] ?? 0 }
      if (text !== '') lines?.at(-1)?.words.push(word)
    }
  }
  return page && { ...page, paragraphs: page.paragraphs.filter((lines) => lines.some(hasWords)) }
}

const hasWords = ({ words }: ReadLine) => words.length > 0

/** The words of a page with their places. */
export function placedWords({ width, height, paragraphs }: ReadPage, page: number): PlacedPage {
  const blocks = paragraphs.map((lines) => lines.filter(hasWords).map(({ words }) => words))
  return { page, width, height, blocks }
}

/** A page in another unit, of which there are so many to a pixel. */
export function scaledPage({ width, height, paragraphs }: ReadPage, factor: number): ReadPage {
  const scaled = ([left, top, right, bottom]: Box): Box => [
    left * factor,
    top * factor,
    right * factor,
    bottom * factor,
  ]
  return {
    width: width * factor,
    height: height * factor,
    paragraphs: paragraphs.map((lines) =>
      lines.map((line) => ({
        ...line,
        box: scaled(line.box),
        baseline: { ...line.baseline, above: line.baseline.above * factor },
        height: line.height * factor,
        words: line.words.map((word) => ({ ...word, box: scaled(word.box) })),
      })),
    ),
  }
}

function layOf(title: string, [left, top, right, bottom]: Box): Omit<ReadLine, 'box' | 'words'> {
  const turned = numbersOf(title, 'textangle')[0]
  const angle = ([90, 180, 270] as const).find((each) => each === turned) ?? 0
  const [fall = 0, below = 0] = numbersOf(title, 'baseline')
  const [height = angle % 180 === 0 ? bottom - top : right - left] = numbersOf(title, 'x_size')
  return { angle, baseline: { slope: 0 - fall, above: 0 - below }, height }
}

function boxOf(title: string): Box {
  const [left = 0, top = 0, right = 0, bottom = 0] = numbersOf(title, 'bbox')
  return [left, top, right, bottom]
}

function numbersOf(title: string, name: string): number[] {
  const values = new RegExp(`(?:^|;)\\s*${name} ([-\\d. ]+)`).exec(title)?.[1]
  return values?.trim().split(/ +/).map(Number) ?? []
}

/** Text without the marks of bold and italic letters. */
const plain = (text: string) => unescaped(text.replaceAll(/<[^>]*>/g, '')).trim()
