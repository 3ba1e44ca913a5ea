import type { Word } from '../../reading/page-words.ts'
import { gapBetween, type ColumnLabel } from './line-table.ts'

/** Words with quantities and their units, as `8m` or `2,5kg` under a label of quantities, as two words each. */
export function unitsApart(words: readonly Word[], labels: readonly ColumnLabel[]): Word[] {
  const quantities = labels.filter(({ role }) => role === 'quantity')
  return words.flatMap((word) => {
    const [, figure, unit] = /^(-?\d[\d.,]{0,11})(\p{L}{1,5}\.?)$/u.exec(word.text) ?? []
    const isUnder = quantities.some(({ box }) => gapBetween(word.box, box) === 0)
    if (figure === undefined || unit === undefined || !isUnder) return [word]
    const { l, r } = word.box
    const end = l + ((r - l) * figure.length) / word.text.length
    return [
      { ...word, text: figure, box: { ...word.box, r: end } },
      { ...word, text: unit, box: { ...word.box, l: end } },
    ]
  })
}
