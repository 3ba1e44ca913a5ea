import { type Cell, cellAround } from '../../layout/cells.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Block } from './blocks.ts'
import { isPostal } from './names.ts'

/** Such a line ends an address. */
const ends =
  /^(tel|telefon|telephone|phone|fax|mob|mobil|mobile|e mail|email|mail|web|www|iban|bic|swift|bank|vat|ust|tva|btw|iva|p iva|partita|kvk|siret|siren|nif|cif|hrb|steuer|invoice|rechnung|facture|factura|fattura|factuur)\b/
const mostLines = 5

/**
 * The lines of the seller's address: those under its name, or behind it on its line, down to the one with the place, in
 * the letterhead or the foot. Empty where no place follows.
 */
export function sellerAddress(blocks: readonly Block[], name: string, taboo: ReadonlySet<Cell>): Cell[] {
  for (const { cells } of blocks) {
    const at = cells.findIndex((cell) => !taboo.has(cell) && isNamed(cell.text, name))
    const own = cells[at]
    if (!own) continue
    const address = upToPlace([
      ...partsBehind(own, name),
      ...cells.slice(at + 1, at + 1 + mostLines).filter((cell) => !taboo.has(cell)),
    ])
    if (address.length > 0) return address
  }
  return []
}

const isNamed = (text: string, name: string) => ` ${plain(text)} `.startsWith(` ${plain(name)} `)

/** `Acme GmbH | Street 1 | 12345 Town`: what follows the name on its line, part by part. */
function partsBehind({ page, words }: Cell, name: string): Cell[] {
  const end = words.findIndex((_, at) => plain(textOf(words.slice(0, at + 1))) === plain(name))
  const parts: Cell['words'][] = [[]]
  for (const word of words.slice(end < 0 ? words.length : end + 1)) {
    if (/^[|•·–,-]$/.test(word.text)) parts.push([])
    else parts.at(-1)?.push(word)
    if (/\S[,|•·]$/.test(word.text)) parts.push([])
  }
  return parts.filter((part) => part.length > 0).map((part) => cellAround(page, part))
}

function upToPlace(cells: readonly Cell[]): Cell[] {
  const stop = cells.findIndex(({ text }) => ends.test(plain(text)) || /[@:]/.test(text))
  const own = stop < 0 ? cells : cells.slice(0, stop)
  const place = own.findIndex(({ text }) => isPostal(text))
  return own.slice(0, place + 1)
}

const textOf = (words: Cell['words']) => words.map(({ text }) => text).join(' ')
