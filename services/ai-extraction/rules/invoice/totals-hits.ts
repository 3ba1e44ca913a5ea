import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import { meaningOfLabel } from './label-grammar.ts'
import { hitsIn, type Hit } from './label-hits.ts'
import { labelsOf } from './lexicon.ts'
import { totalsWords, type TotalsField } from './words/totals-words.ts'

const labels = labelsOf(totalsWords)

/** Every label of the sums: those of the lists, and those whose words together say what they are. */
export function totalsHits(layout: Layout): Hit<TotalsField>[] {
  const listed = hitsIn(layout.cells, labels)
  return [...listed, ...hitsByGrammar(layout, listed)]
}

/** Cells of known words that no list holds together: `Zwischentotal exkl. MWST`. */
function hitsByGrammar(layout: Layout, listed: readonly Hit<TotalsField>[]): Hit<TotalsField>[] {
  const whole = new Set(
    listed
      .filter((hit) => hit.before === 0 && hit.rest.length === 0)
      .map((hit) => layout.cells[hit.line]?.[hit.cell]),
  )
  return layout.cells.flatMap((cells, line) =>
    cells.flatMap((cell, index): Hit<TotalsField>[] => {
      const first = cell.words.findIndex((word) => /\d/.test(word.text) && !/\p{L}/u.test(word.text))
      const words = cell.words.slice(0, first < 0 ? undefined : first)
      const text = words.map((word) => word.text).join(' ')
      const field = whole.has(cell) || words.length === 0 ? null : meaningOfLabel(text)
      if (field === null) return []
      return [
        {
          meanings: [{ field, clear: true }],
          label: plain(text),
          words,
          line,
          cell: index,
          before: 0,
          lead: [],
          rest: cell.words.slice(words.length),
        },
      ]
    }),
  )
}
