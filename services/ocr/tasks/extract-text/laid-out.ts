import type { Box, PlacedPage, PlacedWord } from '@pdf-smaller/engines'

/** The words of a page as plain text in which they stand where they stand on the page. */
export function laidOut(page: PlacedPage): string {
  const words = page.blocks.flat(2)
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  const width = words.reduce((sum, { box: [left, , right] }) => sum + right - left, 0)
  const column = width / letters
  return rowsOf(words)
    .map((row) => {
      let line = ''
      for (const { text, box } of row) {
        const gap = Math.max(line === '' ? 0 : 1, Math.round(box[0] / column) - line.length)
        line += `${' '.repeat(gap)}${text}`
      }
      return `${line}\n`
    })
    .join('')
}

/** Words that stand beside each other, from the top of the page to its end and each row from left to right. */
export function rowsOf<Item extends { box: Box }>(words: readonly Item[]): Item[][] {
  const rows: { middle: number; words: Item[] }[] = []
  const middleOf = ({ box: [, top, , bottom] }: { box: Box }) => (top + bottom) / 2
  for (const word of [...words].sort((one, other) => middleOf(one) - middleOf(other))) {
    const last = rows.at(-1)
    if (last && last.middle > word.box[1] && middleOf(word) - last.middle < heightOf(word) / 2)
      last.words.push(word)
    else rows.push({ middle: middleOf(word), words: [word] })
  }
  return rows.map((row) => row.words.sort((one, other) => one.box[0] - other.box[0]))
}

export const heightOf = ({ box: [, top, , bottom] }: Pick<PlacedWord, 'box'>): number => bottom - top
