import { type Box, boxAround, type PlacedLine, type PlacedPage, type PlacedWord } from './placed-text.ts'
import { readable } from './readable.ts'
import { hasLeftward, withoutMarks } from './reading-order.ts'
import { unescaped } from './unescaped.ts'

/** Lines that begin farther below each other, in heights of their first word, are of two blocks. */
const widestLeading = 1.8

/**
 * The words of pages in the order in which the file has them.
 * @param text what `pdftotext -raw` writes of the pages
 * @param boxes what `pdftotext -raw -bbox` writes of them
 * @param first the number of the first one
 */
export function inContentOrder(text: string, boxes: string, first: number): PlacedPage[] {
  const texts = text.split('\f')
  const pages = boxes.split(/<page /).slice(1)
  return pages.map((page, index) => {
    const [width = 0, height = 0] = [...page.matchAll(/(?:width|height)="([\d.]+)"/g)].map(([, size]) =>
      Number(size),
    )
    const lines = linesOf(withoutMarks(texts[index] ?? ''), piecesOf(page))
    return readable({ page: first + index, width, height, blocks: blocksOf(lines) })
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
