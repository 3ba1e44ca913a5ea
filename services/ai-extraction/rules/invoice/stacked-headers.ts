import { boxAround, sharedWidth } from '../../layout/boxes.ts'
import type { Cell } from '../../layout/cells.ts'
import type { Header, HeaderLabel } from '../../layout/headers.ts'
import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import { columnWords, type ColumnRole } from './words/column-words.ts'

type Label = HeaderLabel<ColumnRole>

const roles = new Map<string, ColumnRole>(
  (Object.entries(columnWords) as [ColumnRole, readonly string[]][]).flatMap(([role, texts]) =>
    texts.map((text) => [plain(text), role] as const),
  ),
)

/**
 * Headers with the lines close over and under them that name their columns further: `Price` over `w/o tax`,
 * or labels of which some stand higher than others. Two headers that meet become one.
 */
export function stackedHeaders(layout: Layout, headers: readonly Header<ColumnRole>[]): Header<ColumnRole>[] {
  const grown = headers.map((header) => grow(layout, header))
  return grown.filter((header, index) => {
    const meets = (other: Header<ColumnRole>) => other.first <= header.last && other.last >= header.first
    const rank = ({ labels }: Header<ColumnRole>) => labels.filter(({ role }) => role !== 'note').length
    return grown.every(
      (other, at) =>
        at === index ||
        !meets(other) ||
        rank(other) < rank(header) ||
        (rank(other) === rank(header) && at > index),
    )
  })
}

function grow(layout: Layout, header: Header<ColumnRole>): Header<ColumnRole> {
  let { first, last, labels } = header
  for (let step = 0; step < 2; step++) {
    const above = isClose(layout, first - 1, first)
      ? joined(labels, layout.cells[first - 1] ?? [], true)
      : null
    if (above) [labels, first] = [above, first - 1]
    const below = isClose(layout, last, last + 1) ? joined(labels, layout.cells[last + 1] ?? [], false) : null
    if (below) [labels, last] = [below, last + 1]
  }
  return { ...header, first, last, labels }
}

function isClose(layout: Layout, upper: number, lower: number): boolean {
  const [above, below] = [layout.lines[upper], layout.lines[lower]]
  if (!above || !below || above.page !== below.page) return false
  return below.box.t - above.box.b < 0.8 * (above.box.b - above.box.t)
}

/** The labels with those of one more line; null where the line is none of a header. */
function joined(labels: readonly Label[], cells: readonly Cell[], isAbove: boolean): Label[] | null {
  if (cells.some((cell) => cell.words.some(({ text }) => /\d/.test(text)) || cell.words.length > 5))
    return null
  let all = [...labels]
  let fitting = 0
  for (const cell of cells) {
    const over = all.find((label) => sharedWidth(label.box, cell.box) > 0)
    if (over) {
      const text = isAbove ? `${cell.text} ${over.text}` : `${over.text} ${cell.text}`
      const role = roles.get(plain(text))
      if (role === undefined && !isRemark(cell.text)) continue
      const label = { role: role ?? over.role, text, box: boxAround([over.box, cell.box]) }
      all = all.map((other) => (other === over ? label : other))
      fitting++
      continue
    }
    const role = roles.get(plain(cell.text))
    if (role === undefined) continue
    all.push({ role, text: cell.text, box: cell.box })
    fitting++
  }
  return fitting > 0 && fitting * 2 >= cells.length ? all : null
}

/** What may stand under a label without changing it: currencies, tax, units. */
function isRemark(text: string): boolean {
  const role = roles.get(plain(text))
  return (
    plain(text) === '' ||
    role === 'note' ||
    role === 'taxRate' ||
    /^[([].*[)\]]$/.test(text) ||
    plain(text).length < 4
  )
}
