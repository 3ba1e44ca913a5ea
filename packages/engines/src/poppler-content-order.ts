import type { EngineContext } from './context.ts'
import { type Box, boxAround, type PlacedLine, type PlacedPage, type PlacedWord } from './placed-text.ts'
import { unescaped } from './unescaped.ts'
import { type PageRange, pdfToText } from './poppler-text.ts'
import { readable } from './readable.ts'
import { hasLeftward, withoutMarks } from './reading-order.ts'

/** Lines that begin farther below each other, in heights of their first word, are of two blocks. */
const widestLeading = 1.8

/**
 * The words of pages in the order in which the file has them, which is that of whatever recognised a scan. Where lines
 * are not quite level, Poppler's own order takes words, and even letters, for parts of other lines.
 */
export async function wordsInContentOrder(
  file: string,
  context: EngineContext,
  range: PageRange,
): Promise<PlacedPage[]> {
  const [text, boxes] = await Promise.all([
    pdfToText(file, context, range, ['-raw', '-cropbox']),
    pdfToText(file, context, range, ['-raw', '-bbox', '-cropbox']),
  ])
  const texts = text.split('\f')
  const pages = boxes.split(/<page /).slice(1)
  return pages.map((page, index) => {
    const [width = 0, height = 0] = [...page.matchAll(/(?:width|height)="([\d.]+)"/g)].map(([, size]) =>
      Number(size),
    )
    const lines = linesOf(withoutMarks(texts[index] ?? ''), piecesOf(page))
    return readable({ page: range.first + index, width, height, blocks: blocksOf(lines) })
  })
}

type Piece = { letters: string; box: Box }

const word = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)<\/word>/g

function piecesOf(page: string): Piece[] {
  return [...page.matchAll(word)].map(([, left, top, right, bottom, text = '']) => ({
    letters: withoutMarks(unescaped(text)),
    box: [Number(left), Number(top), Number(right), Number(bottom)],
  }))
}

/** Each word of the text has the places of the pieces that its letters come from. */
function linesOf(text: string, pieces: readonly Piece[]): PlacedLine[] {
  let [next, open] = [0, '']
  let parts: Piece[] = []
  const take = (letters: string): PlacedWord | undefined => {
    while (open.length < letters.length) {
      const piece = pieces[next++]
      if (!piece) return undefined
      open += piece.letters
      parts.push(piece)
    }
    const placed = {
      text: parts.map((part) => part.letters).join(''),
      box: boxAround(parts),
      confidence: 100,
    }
    ;[open, parts] = ['', []]
    return placed
  }
  return text
    .split('\n')
    .map((line) =>
      line
        .split(/\s+/)
        .filter(Boolean)
        .flatMap((letters) => take(letters) ?? []),
    )
    .filter((line) => line.length > 0)
    .map((line) => (line.some((each) => hasLeftward(each.text)) ? fromTheLeft(line) : line))
}

const fromTheLeft = (line: PlacedLine) => line.sort(({ box: one }, { box: other }) => one[0] - other[0])

function blocksOf(lines: readonly PlacedLine[]): PlacedLine[][] {
  const blocks: PlacedLine[][] = []
  let before: Box | undefined
  for (const line of lines) {
    const box = line[0]?.box
    if (!box) continue
    const down = box[1] - (before?.[1] ?? 0)
    if (before && down > 0 && down < (box[3] - box[1]) * widestLeading) blocks.at(-1)?.push(line)
    else blocks.push([line])
    before = box
  }
  return blocks
}
