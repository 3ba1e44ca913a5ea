import type { Box } from '../../layout/boxes.ts'
import type { Cell } from '../../layout/cells.ts'
import type { Block } from './blocks.ts'
import { hitsIn, withoutMarks, type Hit } from './label-hits.ts'
import { labelsOf, squashed } from './lexicon.ts'
import { isPostal } from './names.ts'
import { partyWords, type PartyWord } from './words/party-words.ts'

const labels = labelsOf(partyWords)

export type Role = 'buyer' | 'seller' | 'shipTo' | 'other'

/** The cells that a heading names as a party's, in reading order; what stands beside the heading first. */
export type Section = { role: Role; heading: Cell; cells: Cell[]; clear: boolean; name: Cell | null }

const roles = new Set<PartyWord>(['buyer', 'seller', 'shipTo', 'other'])
const isRole = (field: PartyWord): field is Role => roles.has(field)

/** The parties that headings name, each with the cells beside and under its heading. */
export function sectionsOf(rows: readonly (readonly Cell[])[], isOut: (line: number) => boolean): Section[] {
  const hits = hitsIn(rows, labels).filter((hit) => !isOut(hit.line) && hit.before === 0)
  const headings = hits.flatMap((hit) => headingOf(rows, hit) ?? [])
  return headings.map(({ hit, role, clear, heading }) => {
    const beside = besideOf(
      rows,
      hit,
      headings.map((other) => other.heading),
    )
    const under = underOf(
      rows,
      hit,
      heading,
      headings.map((other) => other.heading),
    )
    const cells = [...beside, ...under]
    return { role, heading, cells, clear, name: nameIn(rows, hits, cells, heading) }
  })
}

type Heading = { hit: Hit<PartyWord>; role: Role; clear: boolean; heading: Cell }

/** A label alone in its cell, or one with a colon after it: `An die Kunden` is none. */
function headingOf(rows: readonly (readonly Cell[])[], hit: Hit<PartyWord>): Heading | null {
  const meaning = hit.meanings.find(({ field }) => isRole(field))
  const heading = rows[hit.line]?.[hit.cell]
  if (!meaning || !heading || !isRole(meaning.field)) return null
  const ended =
    hit.words.at(-1)?.text.endsWith(':') === true ||
    /^[:.–-]/.test(heading.words[hit.words.length]?.text ?? '')
  // `Issued by (customer)` names the customer.
  const aside = /^\((.+)\):?$/.exec(
    heading.words
      .slice(hit.words.length)
      .map((word) => word.text)
      .join(' '),
  )?.[1]
  const other =
    aside === undefined ? undefined : labels.meanings.get(squashed(aside))?.find(({ field }) => isRole(field))
  if (other && isRole(other.field))
    return { hit: { ...hit, rest: [] }, role: other.field, clear: true, heading }
  if (hit.rest.length > 0 && !ended && !isAddressed(hit)) return null
  // `Client: 4711` is a number of the buyer, not the buyer.
  if (hit.rest.length === 1 && /^\d+$/.test(hit.rest[0]?.text ?? '')) return null
  return { hit, role: meaning.field, clear: meaning.clear, heading }
}

/** Italian invoices begin the address itself with a form of address. */
const isAddressed = (hit: Hit<PartyWord>) =>
  /^(spett|spettle|spettabile|spettabileditta|exmos)/.test(hit.label)

function besideOf(
  rows: readonly (readonly Cell[])[],
  hit: Hit<PartyWord>,
  headings: readonly Cell[],
): Cell[] {
  const row = rows[hit.line] ?? []
  const own = row[hit.cell]
  if (hit.rest.length > 0 && own) {
    const [first, last] = [hit.rest[0], hit.rest.at(-1)]
    if (first && last)
      return [
        {
          ...own,
          words: hit.rest,
          text: hit.rest.map((word) => word.text).join(' '),
          box: { ...own.box, l: first.box.l },
        },
      ]
  }
  const next = row[hit.cell + 1]
  const far = next && own ? next.box.l - own.box.r : Infinity
  const words = next ? withoutMarks(next.words) : []
  if (!next || !own || headings.includes(next) || words.length === 0 || far > 12 * (own.box.b - own.box.t))
    return []
  return [next]
}

/** The cells under a heading in its column, down to the next heading or a wide gap; at most ten lines. */
function underOf(
  rows: readonly (readonly Cell[])[],
  hit: Hit<PartyWord>,
  heading: Cell,
  headings: readonly Cell[],
): Cell[] {
  const cells: Cell[] = []
  const height = heading.box.b - heading.box.t
  const right = columnEnd(rows[hit.line] ?? [], heading, headings)
  let bottom = heading.box.b
  for (const row of rows.slice(hit.line + 1, hit.line + 24)) {
    const [first, ...more] = row.filter(
      (cell) => cell.page === heading.page && within(cell.box, heading.box, right),
    )
    // A second cell belongs to the first only where that is its label.
    const inside = first ? [first, ...(first.text.endsWith(':') ? more : [])] : []
    if (inside.length === 0) {
      // A value of several lines beside its label.
      if (cells.at(-1)?.text.endsWith(':') && right === Infinity)
        bottom = Math.max(bottom, ...row.filter((cell) => cell.page === heading.page).map(({ box }) => box.b))
      continue
    }
    // A customer may be called Customer: what stands first under a heading is no other one.
    const isNext =
      inside.some((cell) => headings.includes(cell)) &&
      (cells.length > 0 || inside.some((cell) => /[:]$/.test(cell.text)))
    if (
      isNext ||
      (inside[0]?.box.t ?? 0) - bottom > (cells.length === 0 ? 3.2 : 1.8) * height ||
      cells.length >= 24
    )
      break
    cells.push(...inside)
    bottom = Math.max(bottom, ...inside.map(({ box }) => box.b))
  }
  return cells
}

/** Where the column of a heading ends: at the next heading on its line. */
function columnEnd(row: readonly Cell[], heading: Cell, headings: readonly Cell[]): number {
  const next = row.filter((cell) => cell.box.l > heading.box.r && headings.includes(cell))
  return Math.min(...next.map((cell) => cell.box.l), Infinity)
}

const within = (box: Box, heading: Box, right: number) =>
  box.l >= heading.l - 14 && box.l < Math.min(right - 4, Math.max(heading.r + 30, heading.l + 190))

/** The value of a label `Name` in a section. */
function nameIn(
  rows: readonly (readonly Cell[])[],
  hits: readonly Hit<PartyWord>[],
  cells: readonly Cell[],
  heading: Cell,
): Cell | null {
  for (const hit of hits) {
    const own = rows[hit.line]?.[hit.cell]
    if (
      !own ||
      own === heading ||
      !cells.includes(own) ||
      !hit.meanings.some(({ field }) => field === 'name')
    )
      continue
    if (hit.rest.length > 0)
      return { ...own, words: hit.rest, text: hit.rest.map((word) => word.text).join(' ') }
    const next = rows[hit.line]?.[hit.cell + 1]
    if (next) return next
  }
  return null
}

/** The blocks of a page's upper part with an address in them. */
export function addressed(blocks: readonly Block[], pageHeight: number): Block[] {
  return blocks.filter(
    ({ cells, box, page }) =>
      page === 1 &&
      box.t < 0.45 * pageHeight &&
      cells.length >= 2 &&
      cells.length <= 9 &&
      cells.some(({ text }) => isPostal(text)),
  )
}
