import { median } from '../../layout/boxes.ts'
import type { Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Block } from './blocks.ts'
import { canBeName, isPostal } from './names.ts'
import { addressed } from './party-blocks.ts'

const ownWords =
  /\b(iban|bic|tel|telefon|phone|fax|kvk|siret|siren|steuernummer|hrb|rcs|amtsgericht|handelsregister)\b/
const vatWords = /\b(ust|ustid|uid|btw|vat|tva|p iva|partita iva|nif|cif)\b/

/**
 * Without a heading, the buyer is the address of the window: of the blocks of the upper part the one that speaks least of
 * a seller, of equal ones the lower. `taken` belongs to somebody else; null where only the seller's own address stands there.
 */
export function windowOf(
  layout: Layout,
  blocks: readonly Block[],
  taken: ReadonlySet<Cell>,
  severalVatIds: boolean,
): Block | null {
  const height = layout.pages[0]?.height ?? 842
  const some = addressed(blocks, height).filter(({ cells }) => !cells.some((cell) => taken.has(cell)))
  const names = bareLines(layout)
  const usual = median(layout.cells.flat().map(({ box }) => box.b - box.t))
  const weighed = some
    .map((block) => ({ block, own: sellers(block, { layout, names, usual, severalVatIds }) }))
    .toSorted((a, b) => a.own - b.own || b.block.box.t - a.block.box.t)
  const [first, second] = weighed
  if (!first) return null
  if (second) return first.own < 1 || second.own > first.own ? first.block : lowest(some)
  return isLoneBuyer(first.block, layout, height) ? first.block : null
}

const lowest = (blocks: readonly Block[]) => blocks.toSorted((a, b) => b.box.t - a.box.t)[0] ?? null

/** A lone address with numbers of a business is the seller's own; a VAT id is a buyer's, too, below somebody's name. */
function isLoneBuyer({ cells, box }: Block, layout: Layout, height: number): boolean {
  const has = (pattern: RegExp) => cells.some(({ text }) => pattern.test(plain(text)))
  if (has(ownWords) || cells.some(({ text }) => isContact(text))) return false
  const isLow = box.t > 0.1 * height
  const isBelowName = layout.cells.flat().some((cell) => isAbove(cell, box) && canBeName(cell.text))
  return has(vatWords) ? isLow && isBelowName : isLow || cells.length < 7
}

const isAbove = ({ page, box }: Cell, other: Block['box']) => page === 1 && box.b < other.t
const isContact = (text: string) => /@|www\./.test(text)

type Seen = { layout: Layout; names: readonly string[]; usual: number; severalVatIds: boolean }

/** How much speaks for a block being the seller's: numbers of a business, large letters, its name elsewhere too. */
function sellers(block: Block, { layout, names, usual, severalVatIds }: Seen): number {
  const texts = block.cells.map(({ text }) => text)
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(plain(text)))
  const [name] = block.cells
  const key = name ? bare(name.text) : ''
  const again = names.filter((line) => line.includes(key)).length > 1
  const isLarge = name !== undefined && name.box.b - name.box.t > 1.3 * usual
  if (isUnderSender(block, layout, usual)) return -1
  return (
    (has(ownWords) || texts.some(isContact) ? 1.5 : 0) +
    (isLarge ? 1 : 0) +
    (key.length > 5 && again ? 1 : 0) +
    (!severalVatIds && has(vatWords) ? 1 : 0)
  )
}

const bare = (text: string) => plain(text).replaceAll(' ', '')
const bareLines = (layout: Layout) => layout.lines.map(({ text }) => bare(text.slice(0, 300)))

/** The small line with the sender's address in a window (DIN 5008) stands right over the receiver's. */
function isUnderSender({ box, page, cells }: Block, layout: Layout, usual: number): boolean {
  // It may be a line of the block itself where it stands close.
  const isOwn = cells.slice(1).some(({ text }) => isPostal(text))
  const own = new Set(isOwn ? cells.slice(1) : cells)
  const over = layout.cells
    .flat()
    .filter(
      (cell) =>
        !own.has(cell) &&
        cell.page === page &&
        cell.box.b - cell.box.t < 0.85 * usual &&
        cell.box.b <= box.t + usual &&
        box.t - cell.box.b < 2.2 * usual &&
        cell.box.l < box.r &&
        cell.box.r > box.l,
    )
  return over.some(({ text }) => isPostal(text) && text.split(/\s[|•·–-]\s|,\s/).length > 2)
}
