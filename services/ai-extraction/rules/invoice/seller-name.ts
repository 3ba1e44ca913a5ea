import type { Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import type { Block } from './blocks.ts'
import { allOf, type Found, type Head } from './header.ts'
import { cellAround } from '../../layout/cells.ts'
import { foundName } from './found-name.ts'
import { withoutMarks } from './label-hits.ts'
import { canBeName, isPlace, isPostal } from './names.ts'
import { typeNames } from './words/type-words.ts'
import { legalForm } from './words/party-words.ts'

type Around = { taboo: ReadonlySet<Cell>; section: Found | null; vatId: Found | null; buyer: Found | null }

/**
 * Who sells. Every place that can say it has a vote: a heading, the letterhead, the line over an address window,
 * the footer with the identifiers, the holder of the account, the domain of its addresses. The name with the
 * most weight wins; the same name in several places adds up.
 */
export function sellerName(
  layout: Layout,
  head: Head,
  blocks: readonly Block[],
  { taboo, section, vatId, buyer }: Around,
): Found | null {
  const votes: Found[] = section ? [{ ...section, score: section.score + 1.5 }] : []
  for (const holder of allOf(head, 'accountHolder', holderIn)) votes.push({ ...holder, score: 0.9 })
  for (const block of blocks) votes.push(...votesOf(block, layout, taboo, vatId))
  const domains = domainsOf(layout)
  const key = (value: string) => plain(value).replaceAll(' ', '')
  const totals = new Map<string, { best: Found; sum: number }>()
  for (const vote of votes) {
    const name = key(vote.value)
    if (name.length < 2 || (buyer && key(buyer.value) === name) || isTypeName(vote.value)) continue
    const known = totals.get(name)
    if (!known) totals.set(name, { best: vote, sum: vote.score })
    else
      totals.set(name, {
        best: vote.score > known.best.score ? vote : known.best,
        sum: known.sum + 0.6 * vote.score,
      })
  }
  const ranked = [...totals.entries()].map(([name, { best, sum }]) => ({
    best,
    sum: sum + domainBonus(name, domains) + (legalForm.test(best.value) ? 0.7 : 0),
  }))
  const [first] = ranked.toSorted((a, b) => b.sum - a.sum)
  return first ? { ...first.best, score: Math.min(1, first.sum / 3) } : null
}

const isTypeName = (text: string) => typeNames.has(plain(text))

function holderIn(words: readonly Word[]): { value: string; words: Word[]; valid: null } | null {
  const end = words.findIndex((word) => /^(iban|bic|bank|konto|account|sort|swift|-|–|\||•)/i.test(word.text))
  const said = words.slice(0, end < 0 ? 8 : end)
  const own = /^(nom|name|nombre|nome|naam)$/.test(plain(said[0]?.text ?? ''))
    ? withoutMarks(said.slice(1))
    : said
  const value = own
    .map((word) => word.text)
    .join(' ')
    .replace(/[,;.]$/, '')
  return own.length > 0 && canBeName(value) ? { value, words: own, valid: null } : null
}

/** What a block says of who sells: its first name, weighed by where it stands and what stands with it. */
function votesOf(block: Block, layout: Layout, taboo: ReadonlySet<Cell>, vatId: Found | null): Found[] {
  const page = layout.pages.find(({ number }) => number === block.page)
  const height = page?.height ?? 842
  const cells = block.cells.filter((cell) => !taboo.has(cell))
  if (cells.length === 0) return []
  const text = plain(block.cells.map((cell) => cell.text).join(' '))
  const high = block.page === 1 && block.box.t < 0.25 * height
  const low = block.box.t > 0.82 * height
  const bears =
    /\b(vat|ust|ustid|tva|btw|kvk|siret|siren|p iva|partita iva|nif|cif|hrb|registered|iban|geschaftsfuhrer|handelsregister|steuernummer|capital|company no|rcs|amtsgericht)\b/.test(
      text,
    )
  const holdsId =
    vatId !== null && block.cells.some((cell) => cell.words.some((word) => vatId.words.includes(word)))
  const hasAddress = block.cells.some(({ text }) => isPostal(text))
  const contact = /@|www\./.test(block.cells.map((cell) => cell.text).join(' '))
  const weight =
    (high ? 0.7 : low ? 0.3 : 0) +
    (bears ? 0.4 : 0) +
    (holdsId ? 0.6 : 0) +
    (hasAddress && (high || low) ? 0.6 : 0) +
    (contact && (high || low) ? 0.3 : 0)
  if (weight < 0.5) return partsOf(cells, 0.25)
  const votes = partsOf(cells, weight)
  const index = cells.findIndex(({ text }) => canBeName(text) && !isHeading(text) && !isPlace(text))
  const first = cells[index]
  if (first && !/[|•·]| [–-] /.test(first.text))
    votes.push(foundName(first, weight + sizeBonus(first, layout) - 0.15 * Math.min(index, 3)))
  for (const cell of cells.slice(0, 4))
    if (cell !== first && canBeName(cell.text)) votes.push(foundName(cell, 0.4 * weight))
  // A slogan may stand over the name; a line with a legal form is the name wherever it stands.
  const formal = cells.find(
    (cell) =>
      cell !== first && canBeName(cell.text) && legalForm.test(cell.text) && !/[|•·]| [–-] /.test(cell.text),
  )
  if (formal) votes.push(foundName(formal, weight + 0.3))
  return votes
}

const isHeading = (text: string) => isTypeName(text) || /^(page|seite|www)/i.test(text)

/** `Acme GmbH | Street 1 | 12345 Town` in one line: the first part is a name where another one is a place. */
function partsOf(cells: readonly Cell[], weight: number): Found[] {
  return cells.flatMap((cell) => {
    const at = cell.words.findIndex(
      (word) => /^[|•·–-]$|^\p{Pd}$/u.test(word.text) || /[,•·|]$/.test(word.text),
    )
    const head =
      at > 0 || (at === 0 && /[,]$/.test(cell.words[0]?.text ?? ''))
        ? cell.words.slice(0, /[\p{L}\p{N}]/u.test(cell.words[at]?.text ?? '') ? at + 1 : at)
        : []
    const rest = cell.words
      .slice(at + 1)
      .map((word) => word.text)
      .join(' ')
    const parts = cell.text.split(/\s[|•·–-]\s|,\s/).length
    if (
      head.length === 0 ||
      parts < 2 ||
      (!(parts > 2 && isPostal(rest)) && !legalForm.test(head.map((word) => word.text).join(' ')))
    )
      return []
    const name = foundName(cellAround(cell.page, head), weight + 0.9)
    return canBeName(name.value) && !isPlace(name.value)
      ? [{ ...name, value: name.value.replace(/[,|•·]+$/, '') }]
      : []
  })
}

/** Letterheads are set larger than the rest. */
function sizeBonus(cell: Cell, layout: Layout): number {
  const heights = (layout.pages[0]?.words ?? []).map(({ box }) => box.b - box.t).toSorted((a, b) => a - b)
  const usual = heights[heights.length >> 1] ?? 10
  return Math.min(0.6, Math.max(0, ((cell.box.b - cell.box.t) / usual - 1) * 0.5))
}

const common = new Set([
  'gmail',
  'outlook',
  'hotmail',
  'yahoo',
  'gmx',
  'web',
  'icloud',
  'orange',
  'example',
  'mail',
  'info',
])

/** The names in addresses of mail and web, without what many share. */
function domainsOf(layout: Layout): string[] {
  return layout.lines
    .flatMap((line) =>
      [...line.text.slice(0, 2000).matchAll(/(?:@|www\.|https?:\/\/)(?:www\.)?([a-z0-9-]{3,40})\./gi)].map(
        (match) => (match[1] ?? '').toLowerCase().replaceAll('-', ''),
      ),
    )
    .filter((name) => !common.has(name))
}

function domainBonus(name: string, domains: readonly string[]): number {
  return domains.some(
    (domain) =>
      domain.length > 3 &&
      (name.startsWith(domain) || domain.startsWith(name) || (domain.length > 5 && name.includes(domain))),
  )
    ? 0.8
    : 0
}
