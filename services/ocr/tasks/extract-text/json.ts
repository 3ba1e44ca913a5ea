import { boxAround, textOf } from '@pdf-smaller/text'
import { type ExtractedPage, fontTable } from '@pdf-smaller/recognition'

/** What stands before the pages: where their boxes begin, and in what they are measured. */
export const jsonHead = `{"unit":"pt","origin":"top-left","box":["left","top","right","bottom"],"pages":[\n`
export const jsonEnd = '\n]}\n'

/** A page with its fonts and its blocks, lines and words, each with its box. */
export function jsonOf({ page, source, placed, fontOf, outcome }: ExtractedPage): string {
  const confidence = outcome?.kind === 'read' ? outcome.confidence : undefined
  const { fonts, indexOf } = fontTable(placed, fontOf)
  return JSON.stringify({
    page,
    width: rounded(placed?.width ?? 0),
    height: rounded(placed?.height ?? 0),
    ...(confidence === undefined ? {} : { confidence }),
    fonts,
    blocks: placed?.blocks.map((block) => ({
      box: boxAround(block.flat()).map(rounded),
      lines: block.map((line) => ({
        box: boxAround(line).map(rounded),
        text: textOf(line),
        words: line.map((word) => ({
          text: word.text,
          box: word.box.map(rounded),
          source,
          font: indexOf(word),
          ...(source === 'ocr' ? { confidence: rounded(word.confidence) } : {}),
        })),
      })),
    })),
  })
}

/** Hundredths of a point are finer than what any printer places. */
const rounded = (value: number) => Math.round(value * 100) / 100
