import { boxAround } from '@pdf-smaller/engines'
import type { ExtractedPage } from './extracted-page.ts'

/** What stands before the pages: where their boxes begin, and in what they are measured. */
export const jsonHead = `{"unit":"pt","origin":"top-left","box":["left","top","right","bottom"],"pages":[\n`
export const jsonEnd = '\n]}\n'

/** A page with its blocks, lines and words, each with its box. */
export function jsonOf({ page, source, placed, outcome }: ExtractedPage): string {
  const confidence = outcome?.kind === 'read' ? outcome.confidence : undefined
  return JSON.stringify({
    page,
    width: rounded(placed?.width ?? 0),
    height: rounded(placed?.height ?? 0),
    ...(confidence === undefined ? {} : { confidence }),
    blocks: placed?.blocks.map((block) => ({
      box: boxAround(block.flat()).map(rounded),
      lines: block.map((line) => ({
        box: boxAround(line).map(rounded),
        text: line.map(({ text }) => text).join(' '),
        words: line.map(({ text, box, confidence }) => ({
          text,
          box: box.map(rounded),
          source,
          ...(source === 'ocr' ? { confidence: rounded(confidence) } : {}),
        })),
      })),
    })),
  })
}

/** Hundredths of a point are finer than what any printer places. */
const rounded = (value: number) => Math.round(value * 100) / 100
