import type { Check, Invoice, Statement } from '@pdf-smaller/contracts/extraction'
import { stated } from './checked.ts'
import type { Read } from './read.ts'
import { type FieldAt, fieldsIn } from '../fields/walk.ts'

/** Whether a document's own figures add up, and what that rests on. */
export type Verdict = { reconciled: boolean | null; why: string }

/** An invoice adds up where its lines lead to its totals, and its totals to each other. */
export function invoiceVerdict(invoice: Invoice, checks: Check[]): Verdict {
  const failed = failure(checks) ?? doubt(checks) ?? ungrounded(fieldsIn(invoice, 'invoice'))
  if (failed) return failed
  if (invoice.lines.length === 0) return open('It lists no lines, so its totals rest on nothing')
  const { totals } = invoice
  const linesAddUp = holds(checks, 'BR-CO-10') || holds(checks, 'LINES-GROSS') || netOfLines(invoice, checks)
  if (!linesAddUp)
    return open(
      `Its lines cannot be compared with its totals: ${missing(checks, totals.lineSum ? 'BR-CO-10' : 'BR-CO-13')}`,
    )
  const totalsAddUp = ['BR-CO-13', 'LINES-GROSS'].some((id) => holds(checks, id))
  if (!totalsAddUp) return open(`Its totals cannot be compared: ${missing(checks, 'BR-CO-13')}`)
  if (stated(totals.gross) === undefined)
    return open('It states no total with VAT that could be compared with its net total')
  if (stated(totals.net) !== undefined && !holds(checks, 'BR-CO-15')) {
    return open(`Its totals cannot be compared: ${missing(checks, 'BR-CO-15')}`)
  }
  return { reconciled: true, why: 'Its lines add up to its totals, and its totals to each other' }
}

/** The net total was compared with the lines themselves, not with a sum of them that is only printed. */
function netOfLines({ totals }: Invoice, checks: Check[]): boolean {
  return !totals.lineSum && holds(checks, 'BR-CO-13')
}

/** A statement adds up where every account leads from its opening to its closing balance. */
export function statementVerdict(statement: Statement, checks: Check[][]): Verdict {
  const failed = failure(checks.flat()) ?? ungrounded(fieldsIn(statement, 'statement'))
  if (failed) return failed
  if (statement.accounts.length === 0) return open('It has no account')
  for (const [index, account] of statement.accounts.entries()) {
    const own = checks[index] ?? []
    const name = statement.accounts.length > 1 ? `Account ${index + 1}` : 'The account'
    if (account.transactions.length === 0) return open(`${name} has no rows`)
    const addsUp =
      holds(own, 'CLOSING-BALANCE') || (allRowsLinked(own, account.transactions.length) && !ends(own))
    if (!addsUp) return open(`${name} cannot be checked: ${missing(own, 'CLOSING-BALANCE')}`)
  }
  return { reconciled: true, why: 'Opening balance and rows lead to the closing balance' }
}

/** Every row but the first, whose balance may be the first there is, follows from the one before. */
function allRowsLinked(checks: Check[], rows: number): boolean {
  const check = checks.find(({ id, passed }) => id === 'ROW-BALANCE' && passed)
  return check !== undefined && rows > 1 && Number(check.figures['links']) >= rows - 1
}

/** Whether opening and closing balance were both there to compare. */
function ends(checks: Check[]): boolean {
  return checks.some(({ id, passed }) => id === 'CLOSING-BALANCE' && passed !== null)
}

function failure(checks: Check[]): Verdict | undefined {
  const failed = checks.filter(({ passed, severity }) => passed === false && severity === 'error')
  if (failed.length > 0) {
    const ids = [...new Set(failed.map(({ id }) => id))].join(', ')
    return { reconciled: false, why: `It does not add up: ${ids}` }
  }
  const mixed = checks.find(({ id, passed }) => id === 'CURRENCIES' && passed === false)
  return mixed ? open(`Its amounts are in several currencies: ${mixed.figures['currencies']}`) : undefined
}

/** What is neither right nor surely wrong: off by a little, or not read at all. */
function doubt(checks: Check[]): Verdict | undefined {
  const found = checks.find(
    ({ id, passed, figures }) =>
      passed === false && (id === 'TOTALS-READ' || figures['tolerance'] !== undefined),
  )
  return found && open(`It cannot be said whether it adds up: ${found.id}, ${found.why}`)
}

/** What could be read in several ways, and nothing says which, proves nothing of the sums that were made with it. */
export function undecided({ documentType, choices }: Read): string | undefined {
  if (documentType === 'pro-forma-invoice') return 'A pro-forma invoice is no invoice, whatever adds up in it'
  const open = choices.find(({ undecided }) => undecided)
  return (
    open && `Its ${open.name} may be ${[open.chosen, ...open.alternatives].join(' or ')}: ${open.because}`
  )
}

/** What nobody can find in the document is no figure of it, unless it follows from figures that can be found. */
function ungrounded(fields: FieldAt[]): Verdict | undefined {
  const loose = fields.filter(({ field }) => !field.grounded && field.source !== 'derived')
  const [first] = loose
  return first
    ? open(`${loose.length} values do not stand in the document, the first at ${first.path}`)
    : undefined
}

function holds(checks: Check[], id: string): boolean {
  return checks.some((check) => check.id === id && check.passed === true)
}

function missing(checks: Check[], id: string): string {
  return checks.find((check) => check.id === id)?.why ?? 'nothing states it'
}

function open(why: string): Verdict {
  return { reconciled: null, why }
}
