import type { Cell } from '../../layout/cells.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Layout } from '../../layout/layout.ts'
import type { Word } from '../../reading/page-words.ts'
import { datesIn, type DateOrder } from './dates.ts'
import { numberIn, type Read } from './identifiers.ts'
import { hitsIn, startsOf, valuesOf, type Hit, type Value } from './label-hits.ts'
import { labelsOf } from './lexicon.ts'
import { headerWords, type HeaderField } from './words/header-words.ts'
import { identifierWords, type IdentifierField } from './words/identifier-words.ts'

export type Field = HeaderField | IdentifierField
/** A value of the head with where it stands and how well its label, place and shape speak for it, 0 to 1. */
export type Found = Read & {
  page: number
  line: number
  score: number
  label: string
  labelCell?: Cell | undefined
}

const labels = labelsOf<Field>({ ...headerWords, ...identifierWords })
const nearness = { 'same-cell': 1, right: 0.95, below: 0.8 } as const

/** The labels of the head, and the values beside them; lines of the table are left out. */
export type Head = { layout: Layout; hits: Hit<Field>[]; values: (field: Field) => Scored[] }
export type Scored = Value<Field> & { score: number; page: number }

export function headOf(layout: Layout, isRow: (line: number) => boolean): Head {
  const hits = hitsIn(layout.cells, labels).filter((hit) => !isRow(hit.line))
  const starts = startsOf(layout.cells, hits)
  const cells = layout.cells.map((own, line) => (isRow(line) ? [] : own))
  const values = (field: Field) =>
    hits.flatMap((hit) => {
      const meaning = hit.meanings.find((meaning) => meaning.field === field)
      if (!meaning) return []
      const page = layout.lines[hit.line]?.page ?? 1
      const prose = (layout.cells[hit.line]?.[hit.cell]?.words.length ?? 0) > 12 ? 0.85 : 1
      return valuesOf(cells, hit, starts).map((value) => ({
        ...value,
        page,
        score:
          (meaning.clear ? 1 : 0.5) *
          nearness[value.place] *
          prose *
          (hit.before > 4 ? 0.85 : 1) *
          (page === 1 ? 1 : 0.9),
      }))
    })
  return { layout, hits, values }
}

/** The best value of a field by what `read` makes of the text beside its labels. */
export function bestOf(
  head: Head,
  field: Field,
  read: (words: readonly Word[], value: Scored) => Read | null,
): Found | null {
  return allOf(head, field, read)[0] ?? null
}

/** All values of a field, the surest first; of equal ones the first on the pages. */
export function allOf(
  head: Head,
  field: Field,
  read: (words: readonly Word[], value: Scored) => Read | null,
): Found[] {
  const found = head.values(field).flatMap((value): Found[] => {
    const read_ = read(value.cell.words, value)
    if (!read_) return []
    return [
      {
        ...read_,
        page: value.page,
        line: value.hit.line,
        score: value.score,
        label: value.hit.label,
        labelCell: head.layout.cells[value.hit.line]?.[value.hit.cell],
      },
    ]
  })
  return found.toSorted((a, b) => b.score - a.score || a.line - b.line)
}

/** A number of a document: beside a clear label wherever it stands, beside an unclear one only in the head. */
export function documentNumber(head: Head, titleLine: number): Found | null {
  const isNear = ({ hit, page }: Scored) => page === 1 && Math.abs(hit.line - titleLine) < 8
  // In a row of labels over their values an unclear one is as clear as the others make it.
  const isBoxed = ({ place, hit }: Scored) =>
    place !== 'below' ||
    (hit.rest.length === 0 &&
      new Set(head.hits.flatMap((other) => (other.line === hit.line ? other.cell : []))).size > 1)
  return bestOf(head, 'invoiceNumber', (words, value) => {
    const unclear = value.score < 0.55
    if (unclear && !(isNear(value) && isBoxed(value) && value.hit.before === 0)) return null
    const number = numberIn(words)
    if (number && unclear && number.value.replaceAll(/\D/g, '').length < 2) return null
    return number
  })
}

export function numberBeside(head: Head, field: Field): Found | null {
  return bestOf(head, field, (words, value) => (value.score < 0.5 ? null : numberIn(words)))
}

/** A day beside a label of the field. */
export function dayBeside(head: Head, field: Field, order: DateOrder): Found | null {
  return bestOf(head, field, (words, value) => {
    const dates = datesIn(words, order)
    const reach = value.place === 'same-cell' ? 3 : 1
    const date = dates.find(({ from }) => from <= reach)
    if (!date || (value.score < 0.55 && date.from > 0)) return null
    if (field === 'dueDate' && isForDiscount(value, words, date)) return null
    return { value: date.day, words: words.slice(date.from, date.to), valid: null }
  })
}

const early = /\b(skonto|discount|escompte|sconto|descuento|korting|rabatt|rebate)\b/

/** A day up to which a discount is given is not the day that payment is due. */
function isForDiscount(value: Scored, words: readonly Word[], date: { to: number }): boolean {
  if (value.place !== 'same-cell') return false
  const label = value.hit.label
  if (
    /netto|rein|ohneabzug|due|echeance|fallig|vencimiento|scadenza|verval/.test(label) &&
    !label.startsWith('zahlbar')
  )
    return false
  const after = words
    .slice(date.to, date.to + 6)
    .map((word) => word.text)
    .join(' ')
  const beforeNext = plain(after.split(/[,;]|\b(?:or|oder|ou|o|of|bis)\b/)[0] ?? '')
  return early.test(beforeNext) || early.test(precedingText(value))
}

/** What the clause of a label says before it. */
function precedingText({ hit }: Scored): string {
  const text = hit.lead.map((word) => word.text).join(' ')
  return plain(text.split(/[,;]|\. |\b(?:oder|or|ou|of)\b/).at(-1) ?? '')
}
