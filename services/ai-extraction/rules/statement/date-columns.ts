import { sharedWidth, type Box } from '../../layout/boxes.ts'
import type { HeaderLabel } from '../../layout/headers.ts'
import type { ColumnRole } from './column-names.ts'
import type { PrintedDay } from './dates.ts'
import type { MarkedLine } from './marked-lines.ts'
import { dateRoles, type DateRole, type Table } from './table.ts'

/** A line that is nothing but a date, maybe with the day of the week. */
export function isDayAlone({ dates, text, amounts }: MarkedLine): boolean {
  return dates.length === 1 && amounts.length === 0 && text.length <= 1
}

export function datesBehind(line: MarkedLine): Box[] {
  const leading = leadingDates(line)
  return leading.length === 0
    ? []
    : line.dates.filter((date) => !leading.includes(date)).map(({ box }) => box)
}

/** The dates before any word of a line; numbers that count rows may stand before them. */
export function leadingDates({ dates, line, amounts, text }: MarkedLine): PrintedDay[] {
  if (dates[0] && dates.length === 1 && amounts.length === 0 && text.length <= 1) return [dates[0]]
  const found: PrintedDay[] = []
  const inAmount = new Set(
    amounts
      .filter(({ words }) => !dates.some((date) => date.words.some((word) => words.includes(word))))
      .flatMap(({ words }) => words),
  )
  for (let at = 0; at < line.words.length; at++) {
    const word = line.words[at]
    if (!word || inAmount.has(word)) break
    const date = dates.find(({ words }) => words[0] === word)
    if (date) {
      found.push(date)
      at += date.words.length - 1
    } else if (
      !/^[\d#*.:]{1,6}$|^(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mie|jue|vie|sab|dom|ma|wo|vr|za|zo|gio)[.,]?$/i.test(
        word.text,
      )
    )
      break
  }
  return found
}

/** Whether a date stands in a column of dates: under such a label, or where rows begin. */
export function isInDateColumn(date: PrintedDay, table: Table): boolean {
  if (table.dateEdges.some((edge) => Math.abs(edge - date.box.l) < 0.8 * table.size)) return true
  return dateLabelOver(date.box, table) !== null
}

function dateLabelOver(box: Box, table: Table): HeaderLabel<ColumnRole> | null {
  const over = table.labels.filter((label) => dateRoles.has(label.role) && sharedWidth(label.box, box) > 0)
  const distance = (label: Box) => Math.abs(label.l - box.l)
  return over.toSorted((a, b) => distance(a.box) - distance(b.box))[0] ?? null
}

/** Without labels the second column of dates is that of value, also in rows where the first is empty. */
function isSecond({ box }: PrintedDay, { labels, dateEdges, size }: Table): boolean {
  const [first, second] = dateEdges
  if (labels.length > 0 || first === undefined || second === undefined) return false
  return Math.abs(second - box.l) < 0.8 * size && Math.abs(first - box.l) >= 0.8 * size
}

/** The dates of a row that stand in columns of dates, with what the header says of them. */
export function columnDates(line: MarkedLine, table: Table): { role: DateRole; date: PrintedDay }[] {
  const leading = leadingDates(line)
  if (table.dayTitles && isDayAlone(line)) return leading.map((date) => ({ role: 'date', date }))
  const isLeadingRow = leading[0] !== undefined && isInDateColumn(leading[0], table)
  return line.dates.flatMap((date) => {
    const label = dateLabelOver(date.box, table)
    const role = label && dateRoles.has(label.role) ? (label.role as DateRole) : 'date'
    // `Valor` again: over an amount it dates nothing.
    if (isLeadingRow && leading.includes(date))
      return [{ role: isSecond(date, table) ? 'value' : role, date }]
    const isBehind =
      isLeadingRow && table.valueEdges.some((edge) => Math.abs(edge - date.box.l) < 0.8 * table.size)
    if (isBehind) return [{ role: 'value', date }]
    return label && date.words.length <= 3 ? [{ role, date }] : []
  })
}
