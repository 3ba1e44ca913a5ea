import { sharedWidth, type Box } from '../../layout/boxes.ts'
import { headersOf, type Header, type HeaderLabel } from '../../layout/headers.ts'
import type { Layout } from '../../layout/layout.ts'
import type { Word } from '../../reading/page-words.ts'
import { stackedHeaders } from './stacked-headers.ts'
import { columnWords, type ColumnRole } from './words/column-words.ts'

export type ColumnLabel = HeaderLabel<ColumnRole>
export type TableHeader = Header<ColumnRole>

/** The table of the invoice's lines: its labels, and the lines of the document that may belong to it. */
export type LineTable = { header: TableHeader; labels: ColumnLabel[]; body: number[] }

const isNumber = ({ text }: Word) => /^[€$£(-]*\d[\d.,:/-]*[€%)]*$/.test(text)

const numeric = new Set<ColumnRole>([
  'quantity',
  'unitPrice',
  'discount',
  'taxRate',
  'taxAmount',
  'amount',
  'gross',
  'base',
])

/** Whether figures stand under the label. */
export const isNumeric = ({ role }: ColumnLabel) => numeric.has(role)

/** All header rows of a document, those of taxes and payments too. */
export function tableHeaders(layout: Layout): TableHeader[] {
  const headers = runsWithoutNumbers(layout).flatMap(({ from, to }) =>
    headersOf(layout.lines.slice(from, to), columnWords).map((header) => ({
      ...header,
      first: header.first + from,
      last: header.last + from,
    })),
  )
  return stackedHeaders(layout, headers).filter(({ labels }) => labels.some(({ role }) => role !== 'note'))
}

/** No header has numbers in it: a row under it that repeats its words is not part of it. */
function runsWithoutNumbers(layout: Layout): { from: number; to: number }[] {
  const ends = layout.lines.flatMap((line, index) => (line.words.some(isNumber) ? [index] : []))
  return [...ends, layout.lines.length].map((to, index) => ({ from: (ends[index - 1] ?? -1) + 1, to }))
}

/**
 * The table of the lines, or null where no header names one. It goes on over all pages and over its repeated
 * headers, up to the header of another table.
 */
export function lineTable(layout: Layout, headers: readonly TableHeader[]): LineTable | null {
  const [header] = headers.filter((header) => merit(header) >= 2.6).toSorted((a, b) => merit(b) - merit(a))
  if (!header) return null
  const alike = headers.filter((other) => isSame(header, other))
  const first = alike.reduce((a, b) => (a.first <= b.first ? a : b), header)
  const after = headers.find(
    (other) => other.first > first.last && !alike.includes(other) && endsTable(other),
  )
  const end = after ? Math.max(after.first, alike.at(-1)?.last ?? 0) : layout.lines.length
  const more = headers.filter((other) => other.first === first.last + 1)
  const heads = new Set([...alike, ...more].flatMap(({ first, last }) => range(first, last + 1)))
  const furniture = repeatedLines(layout)
  const body = range(first.last + 1, end).filter(
    (line) => !heads.has(line) && !isAbove(layout, line, alike, first) && !furniture.has(line),
  )
  return { header: first, labels: columnsOfHeader(first), body }
}

/** Letterheads and footers: lines that stand at the same height of several pages with the same words. */
function repeatedLines(layout: Layout): Set<number> {
  const places = new Map<string, { page: number; line: number }[]>()
  layout.lines.forEach(({ text, box, page }, line) => {
    const key = `${Math.round(box.t / 4)} ${text}`
    places.set(key, [...(places.get(key) ?? []), { page, line }])
  })
  const repeated = [...places.values()].filter((all) => new Set(all.map(({ page }) => page)).size > 1)
  return new Set(repeated.flat().map(({ line }) => line))
}

/** How clearly a header is that of lines: what is sold, how much of it, for what price and amount. */
function merit(header: TableHeader): number {
  const roles = new Set(header.labels.map(({ role }) => role))
  const has = (...some: ColumnRole[]) => (some.some((role) => roles.has(role)) ? 1 : 0)
  if (!has('amount', 'gross', 'unitPrice') || !has('description', 'quantity', 'code', 'unitPrice')) return 0
  const told = has('description') * 1.5 + has('quantity') + has('unitPrice') + has('amount', 'gross') * 1.2
  return (
    told +
    0.4 * (has('position') + has('code') + has('taxRate') + has('discount') + has('unit') + has('date')) -
    1.5 * has('base')
  )
}

/** A header of another kind, unless it is a row of text that happens to name two columns. */
function endsTable({ labels }: TableHeader): boolean {
  const roles = new Set(labels.map(({ role }) => role))
  return roles.has('base') || (roles.has('taxAmount') && !roles.has('quantity') && labels.length >= 3)
}

/** The same header on a later page: most of its columns are named again. */
function isSame(header: TableHeader, other: TableHeader): boolean {
  const again = header.labels.filter((label) =>
    other.labels.some(({ role, box }) => role === label.role && sharedWidth(box, label.box) > 0),
  )
  return again.length >= Math.max(2, 0.6 * header.labels.length)
}

/** Lines over a repeated header on its page are that page's letterhead. */
function isAbove(layout: Layout, line: number, alike: readonly TableHeader[], first: TableHeader): boolean {
  const page = layout.lines[line]?.page
  return alike.some((header) => header !== first && header.page === page && line < header.first)
}

/** Labels from left to right; words that name no column are left out. */
function columnsOfHeader(header: TableHeader): ColumnLabel[] {
  const labels = header.labels.filter(({ role }) => role !== 'note').toSorted((a, b) => a.box.l - b.box.l)
  const [first, ...rest] = labels
  // `Charges` and `Services` over a column of text at the left name what is sold.
  const isText =
    first &&
    isNumeric(first) &&
    labels.every(({ role }) => role !== 'description') &&
    rest.some(({ role }) => role === 'amount' || role === 'gross')
  return isText && first.role !== 'quantity' ? [{ ...first, role: 'description' }, ...rest] : labels
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)

/** How far a box stands beside a label's; 0 where they overlap. */
export function gapBetween(a: Box, b: Box): number {
  return Math.max(0, -sharedWidth(a, b))
}
