import type { Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'
import { blocksOf, type Block } from './blocks.ts'
import { allOf, bestOf, type Found, type Head } from './header.ts'
import { ibanIn, vatIdIn } from './identifiers.ts'
import { isPostal, nameAmong } from './names.ts'
import { sectionsOf, type Section } from './party-blocks.ts'
import { foundName } from './found-name.ts'
import { sellerAddress } from './seller-address.ts'
import { sellerName } from './seller-name.ts'
import { windowOf } from './window.ts'

/** What an invoice says of a party. */
export type PartyFound = { name: Found | null; vatId: Found | null; cells: Cell[] }
export type Parties = { seller: PartyFound; buyer: PartyFound; shipTo: PartyFound | null }

/** The parties, from headings, from the blocks of addresses, and from where identifiers and names stand. */
export function partiesOf(
  layout: Layout,
  head: Head,
  isOut: (line: number) => boolean,
  taken: ReadonlySet<Cell>,
): Parties {
  const sections = sectionsOf(layout.cells, isOut)
  const blocks = blocksOf(layout, isOut)
  const sellerCells = cellsOf(sections, 'seller')
  const shipTo = sections.find(({ role }) => role === 'shipTo')
  const buyerSection = bestSection(sections, 'buyer')
  const sellerSection = bestSection(sections, 'seller')
  const window = buyerSection ? null : windowOf(layout, blocks, namedCells(sections), severalVatIds(head))
  const buyer = buyerSection ? nameOfSection(buyerSection) : window && nameOfBlock(window, taken)
  const buyerCells = new Set([...cellsOf(sections, 'buyer'), ...(window?.cells ?? [])])
  const vatIds = vatIdsOf(layout, head, {
    buyer: buyerCells,
    seller: sellerCells,
    other: cellsOf(sections, 'shipTo'),
  })
  const taboo = new Set([...taken, ...buyerCells, ...(shipTo?.cells ?? []), ...cellsOf(sections, 'other')])
  const seller = sellerName(layout, head, blocks, {
    taboo,
    section: sellerSection ? nameOfSection(sellerSection) : null,
    vatId: vatIds.seller,
    buyer,
  })
  return {
    seller: {
      name: seller,
      vatId: vatIds.seller,
      cells: sellerSection?.cells ?? (seller ? sellerAddress(blocks, seller.value, taboo) : []),
    },
    buyer: { name: buyer, vatId: vatIds.buyer, cells: buyerSection?.cells ?? window?.cells ?? [] },
    shipTo: shipTo ? { name: nameOfSection(shipTo), vatId: null, cells: shipTo.cells } : null,
  }
}

/** What headings give to the seller or to where goods go is no window. */
const namedCells = (sections: readonly Section[]) =>
  new Set([...cellsOf(sections, 'shipTo'), ...cellsOf(sections, 'seller')])

/** With ids of both parties, one beside an address does not say whose it is. */
const severalVatIds = (head: Head) =>
  new Set(allOf(head, 'vatId', (words) => vatIdIn(words, true)).map(({ value }) => value)).size > 1

const cellsOf = (sections: readonly Section[], role: Section['role']) =>
  new Set(sections.filter((section) => section.role === role).flatMap(({ cells }) => cells))

/** The section of a role that says a name; clear headings first, then those with an address. */
function bestSection(sections: readonly Section[], role: 'buyer' | 'seller'): Section | null {
  const worth = (section: Section) =>
    (section.clear ? 2 : 0) +
    (section.heading.text.endsWith(':') && section.cells.length > 1 ? 1 : 0) +
    (section.cells.some(({ text }) => isPostal(text)) ? 1.5 : 0) +
    (section.heading.page === 1 ? 0.5 : 0)
  const some = sections.filter(
    (section) => section.role === role && nameOfSection(section) !== null && worth(section) >= 1.5,
  )
  return some.toSorted((a, b) => worth(b) - worth(a))[0] ?? null
}

function nameOfSection(section: Section): Found | null {
  if (section.name) return foundName(section.name, 0.95)
  const cell = nameAmong(section.cells)
  return cell ? foundName(cell, section.clear ? 0.9 : 0.75) : null
}

function nameOfBlock({ cells }: Block, taken: ReadonlySet<Cell>): Found | null {
  const cell = nameAmong(cells.filter((cell) => !taken.has(cell) && !/[|•·]/.test(cell.text)))
  return cell ? foundName(cell, 0.7) : null
}

type Zones = { buyer: ReadonlySet<Cell>; seller: ReadonlySet<Cell>; other: ReadonlySet<Cell> }

/** VAT ids by label and by whose cells they stand in; an id without a label counts in a party's cells alone. */
function vatIdsOf(layout: Layout, head: Head, zones: Zones): { seller: Found | null; buyer: Found | null } {
  const buyers = bestOf(head, 'buyerVatId', (words) => vatIdIn(words, true))
  const labelled = allOf(head, 'vatId', (words, { hit, place }) => {
    const read = vatIdIn(words, true)
    return read && (place !== 'below' || hit.meanings.length > 0) ? read : null
  })
  const zone = (found: Found) => zoneOf(layout, found, zones)
  const bare = bareIds(layout, zones)
  const buyer = buyers ?? labelled.find((found) => zone(found) === 'buyer') ?? bare.buyer
  const own = labelled.filter(
    (found) => zone(found) !== 'buyer' && zone(found) !== 'other' && found.value !== buyer?.value,
  )
  const seller = own.toSorted((a, b) => rank(b, zone(b)) - rank(a, zone(a)))[0] ?? bare.seller
  return { seller, buyer }
}

const rank = (found: Found, zone: string) =>
  found.score +
  (found.valid ? 0.3 : 0) +
  (/^[A-Z]{2}/.test(found.value) ? 0.3 : 0) +
  (zone === 'seller' ? 0.5 : 0)

function zoneOf(
  layout: Layout,
  found: Found,
  { buyer, seller, other }: Zones,
): 'buyer' | 'seller' | 'other' | 'none' {
  const cells = layout.cells[found.line] ?? []
  const isIn = (zone: ReadonlySet<Cell>) => found.labelCell !== undefined && zone.has(found.labelCell)
  if (isIn(seller)) return 'seller'
  if (isIn(buyer)) return 'buyer'
  if (isIn(other)) return 'other'
  const near = cells.filter(
    (cell) =>
      cell.words.some((word) => found.words.includes(word)) ||
      cell.words.some((word) =>
        found.words.some(
          (own) => own.box.t === word.box.t && own.box.l >= word.box.l && own.box.r <= word.box.r + 1,
        ),
      ),
  )
  if (near.some((cell) => seller.has(cell))) return 'seller'
  if (near.some((cell) => buyer.has(cell))) return 'buyer'
  return near.some((cell) => other.has(cell)) ? 'other' : 'none'
}

/** Ids without a label in the cells of a party. */
function bareIds(layout: Layout, { buyer, seller }: Zones): { seller: Found | null; buyer: Found | null } {
  const first = (cells: ReadonlySet<Cell>): Found | null => {
    for (const cell of cells) {
      const read = vatIdIn(cell.words, false)
      if (read && read.words.length === cell.words.length)
        return {
          ...read,
          page: cell.page,
          line: layout.cells.findIndex((row) => row.includes(cell)),
          score: 0.7,
          label: '',
        }
    }
    return null
  }
  return { seller: first(seller), buyer: first(buyer) }
}

/** IBANs without a label: they have a shape and check digits of their own. */
function bareIbans({ layout }: Head): Found[] {
  return layout.lines.flatMap((line, index) =>
    line.words.flatMap((word, at): Found[] => {
      if (!/^[A-Z]{2}\d{2}/.test(word.text)) return []
      const read = ibanIn(line.words.slice(at))
      return read?.valid ? [{ ...read, page: line.page, line: index, score: 0.7, label: '' }] : []
    }),
  )
}

/** The account that the invoice is to be paid to. */
export function ibansOf(head: Head): Found[] {
  const labelled = allOf(head, 'iban', (words) => ibanIn(words))
  const found = labelled.length > 0 ? labelled : bareIbans(head)
  return found.filter((one, index) => found.findIndex((other) => other.value === one.value) === index)
}
