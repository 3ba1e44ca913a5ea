import type { Identity, Printed } from './identity.ts'
import type { Figure, Part, Row } from './parts.ts'

/** The rows and figures of one account, with where each figure stands among the rows. */
export type AccountParts = {
  iban: Printed | null
  number: Printed | null
  /** Where its first line stands, for what is said of it. */
  line: number
  rows: Row[]
  figures: { figure: Figure; afterRows: number }[]
}

/**
 * Gives rows and figures to accounts. A line with another IBAN or account number begins another
 * account, or goes back to one that was there before, as heads of pages repeat it.
 */
export function accountsOf(
  parts: readonly Part[],
  identities: ReadonlyMap<number, Identity>,
): AccountParts[] {
  let current = newAccount(0)
  const accounts = [current]
  let late: Late | null = null
  for (const part of parts) {
    if (part.kind === 'row') current.rows.push(part)
    else if (part.kind === 'figure') {
      if (beginsAnother(current, part)) accounts.push((current = startedBy(part, current, late)))
      current.figures.push({ figure: part, afterRows: current.rows.length })
    } else {
      const identity = identities.get(part.line.index)
      if (!identity) continue
      const before = current
      const isOpen = before.number === null && before.rows.length > 0
      current = accountFor(identity, current, accounts)
      if (isOpen && current === before && identity.number !== null && current.number === identity.number)
        late = { account: current, rows: current.rows.length, line: identity.line }
    }
  }
  const used = accounts.filter(
    ({ rows, figures }) => rows.length > 0 || figures.filter(isBalance).length >= 2,
  )
  // An account that is only named, as another's, is none of the statement's.
  return used.length > 0 ? used : accounts.slice(0, 1)
}

/** A number that the account got after its rows: it may be that of the next account. */
type Late = { account: AccountParts; rows: number; line: number }

/** The account that an opening balance begins, with the number between the rows before and it. */
function startedBy({ line }: Figure, before: AccountParts, late: Late | null): AccountParts {
  if (!late || late.account !== before || late.rows !== before.rows.length) return newAccount(line)
  const started = { ...newAccount(late.line), number: before.number }
  before.number = null
  return started
}

function newAccount(line: number): AccountParts {
  return { iban: null, number: null, line, rows: [], figures: [] }
}

function isBalance({ figure }: { figure: Figure }): boolean {
  return figure.meaning.kind === 'opening' || figure.meaning.kind === 'closing'
}

/** An opening balance after rows and a closing balance, other than that, is another account's. */
function beginsAnother({ rows, figures }: AccountParts, figure: Figure): boolean {
  if (figure.meaning.kind !== 'opening' || rows.length === 0) return false
  const closing = figures.findLast(
    ({ figure, afterRows }) => figure.meaning.kind === 'closing' && afterRows === rows.length,
  )
  const opening = figures.some(
    ({ figure, afterRows }) => figure.meaning.kind === 'opening' && afterRows === 0,
  )
  return (
    closing !== undefined &&
    opening &&
    digits(closing.figure.amount.raw) !== digits(figure.amount.raw) &&
    !figures.some((other) => digits(other.figure.amount.raw) === digits(figure.amount.raw))
  )
}

function accountFor(identity: Identity, current: AccountParts, accounts: AccountParts[]): AccountParts {
  const known = accounts.find((account) => isSame(account, identity))
  if (known) return add(known, identity)
  const isNew = current.rows.length > 0 || clashes(current, identity)
  // A second number in the head of the same account, as a card's or a branch's, changes nothing.
  if (!isNew) return add(current, identity)
  if (current.rows.length > 0 && !clashes(current, identity)) return add(current, identity)
  const account = add(newAccount(identity.line), identity)
  accounts.push(account)
  return account
}

function isSame(account: AccountParts, { iban, number }: Identity): boolean {
  if (iban && account.iban) return iban.value === account.iban.value
  if (number && account.number) return digits(number.value) === digits(account.number.value)
  if (number && account.iban) return isPartOf(number, account.iban)
  return iban !== null && account.number !== null && isPartOf(account.number, iban)
}

/** An IBAN holds the number of its account, in most countries at its end. */
function isPartOf(number: Printed, iban: Printed): boolean {
  return iban.value.includes(digits(number.value).replace(/^0+/, ''))
}

function clashes(account: AccountParts, { iban, number }: Identity): boolean {
  if (iban && account.iban && iban.value !== account.iban.value) return true
  return (
    number !== null &&
    account.number !== null &&
    digits(number.value) !== digits(account.number.value) &&
    !iban
  )
}

function add(account: AccountParts, { iban, number }: Identity): AccountParts {
  account.iban ??= iban
  account.number ??= number
  return account
}

const digits = (text: string) => text.replaceAll(/[^\dA-Z]/gi, '')
