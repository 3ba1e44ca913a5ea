import type { Read } from './read.ts'
import type {
  AnyField,
  ExtractedDocument,
  Invoice,
  InvoiceDocument,
  OtherDocument,
  Statement,
  StatementDocument,
} from '@pdf-smaller/contracts/extraction'
import { checkedField } from '../fields/evidence.ts'
import { mapFields } from '../fields/walk.ts'
import { checkAccount } from './account.ts'
import type { Checked } from './checked.ts'
import { checkInvoice } from './invoice.ts'
import { invoiceVerdict, statementVerdict, undecided, type Verdict } from './verdict.ts'

/** What was said of a document besides its fields, to conclude it anew. */
export function readOf({ documentType, pages, language, gate, choices }: ExtractedDocument): Read {
  return { documentType, pages, language, gate, choices }
}

/**
 * The document of an invoice: checks its fields, notes at each field the checks that it took part in, raises or lowers
 * its confidence by them, and says whether it adds up. Every engine ends with it.
 * @param options.exact its totals and lines were read from XML
 * @param options.more checks of what the invoice itself does not say
 */
export function concludeInvoice(
  read: Read,
  invoice: Invoice,
  { exact = false, more = [] }: { exact?: boolean; more?: Checked[] } = {},
): InvoiceDocument {
  const includesTax = read.choices.some(
    ({ name, chosen }) => name === 'amounts-include-tax' && chosen === 'yes',
  )
  const checked = [...checkInvoice(invoice, { includesTax, exact }), ...more]
  const checks = checked.map(({ check }) => check)
  const verdict = withDoubt(invoiceVerdict(invoice, checks), read, exact)
  return { kind: 'invoice', ...read, checks, ...verdict, invoice: withChecks(invoice, checked) }
}

/** XML leaves nothing to choose. */
function withDoubt(verdict: Verdict, read: Read, exact: boolean): Verdict {
  const why = undecided(exact ? { ...read, choices: [] } : read)
  return verdict.reconciled === true && why !== undefined ? { reconciled: null, why } : verdict
}

/** The document of a statement, as {@link concludeInvoice} makes that of an invoice. */
export function concludeStatement(read: Read, statement: Statement): StatementDocument {
  const checked = statement.accounts.map((account, index) => checkAccount(statement, account, index))
  const checks = checked.map((own) => own.map(({ check }) => check))
  const verdict = withDoubt(statementVerdict(statement, checks), read, false)
  const fields = withChecks(statement, checked.flat())
  return { kind: 'bank-statement', ...read, checks: checks.flat(), ...verdict, statement: fields }
}

/** A document that is not what was asked for: no fields, so that none is made up. */
export function concludeOther(read: Read): OtherDocument {
  return { kind: 'other', ...read, checks: [], reconciled: null, why: 'It is not what was asked for' }
}

function withChecks<T>(fields: T, checked: Checked[]): T {
  const taken = new Map<AnyField, Checked[]>()
  for (const each of checked) {
    if (each.check.passed === null) continue
    for (const field of new Set(each.over)) {
      const before = taken.get(field)
      if (before) before.push(each)
      else taken.set(field, [each])
    }
  }
  return mapFields(fields, (field) => {
    const own = taken.get(field)
    if (!own) return field
    const ids = (is: (each: Checked) => boolean) => own.filter(is).map(({ check }) => check.id)
    return checkedField(field, {
      proofs: ids(({ check, weight }) => check.passed === true && weight === 'proof'),
      hints: ids(({ check, weight }) => check.passed === true && weight === 'hint'),
      failed: ids(({ check }) => check.passed === false),
    })
  })
}
