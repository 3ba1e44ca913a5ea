import type { ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import type {
  AccountTruth,
  DocumentTruth,
  InvoiceTruth,
  StatementTruth,
} from '@pdf-smaller/testing/extraction/truth'
import {
  type FoundAccount,
  foundAccounts,
  foundInvoice,
  type FoundRow,
  type FoundValue,
  typeOf,
} from './found.ts'
import { matchRows, type Pair } from './rows.ts'
import { sameDate, sameDecimal, sameDescription, sameIdentifier, sameName } from './same-value.ts'

/** One value that was scored. */
export type Cell = {
  group: 'header' | 'totals' | 'rows'
  field: string
  right: boolean
  expected: string | null
  found: string | null
}

/** How well one document was read. Of rows those count that are right in all their cells; rows too many count as wrong. */
export type Score = { cells: Cell[]; rows: { right: number; all: number }; typeRight: boolean }

type Expectation = string | null | undefined
type Same = (expected: string, found: string) => boolean

const sameBy: Record<string, Same> = {
  document_type: (one, other) => one === other,
  number: sameIdentifier,
  issue_date: sameDate,
  due_date: sameDate,
  date: sameDate,
  currency: (one, other) => one === other,
  'seller.name': sameName,
  'seller.vat_id': sameIdentifier,
  'seller.iban': sameIdentifier,
  'buyer.name': sameName,
  'buyer.vat_id': sameIdentifier,
  bank: sameName,
  'account.iban': sameIdentifier,
  'account.number': sameIdentifier,
  'account.holder': sameName,
  'period.from': sameDate,
  'period.to': sameDate,
  description: sameDescription,
}
const same = (field: string): Same => sameBy[field] ?? sameDecimal

const totals = new Set([
  'lines_total',
  'allowances',
  'charges',
  'net_total',
  'tax_total',
  'gross_total',
  'paid',
  'payable',
  'opening',
  'closing',
])

/** Scores what was read of one document. @param found absent where no document of the file answers to it */
export function scoreOf(truth: DocumentTruth, found: ExtractedDocument | undefined): Score {
  switch (truth.kind) {
    case 'invoice':
      return invoiceScore(truth, found)
    case 'statement':
      return statementScore(truth, found)
    case 'trap':
      return {
        cells: [],
        rows: { right: 0, all: 0 },
        typeRight: found === undefined || found.kind === 'other',
      }
    default:
      return truth satisfies never
  }
}

function invoiceScore(truth: InvoiceTruth, document: ExtractedDocument | undefined): Score {
  const read = document?.kind === 'invoice' ? foundInvoice(document, document.invoice) : undefined
  const field = (name: string, expected: Expectation, found: FoundValue | null) =>
    cellOf(truth, name, expected, found)
  const fields: Record<string, Expectation> = {
    document_type: truth.document_type,
    number: truth.number,
    issue_date: truth.issue_date,
    due_date: truth.due_date,
    currency: truth.currency,
    'seller.name': truth.seller.name,
    'seller.vat_id': truth.seller.vat_id,
    'buyer.name': truth.buyer.name,
    'buyer.vat_id': truth.buyer.vat_id,
    lines_total: truth.lines_total,
    allowances: truth.allowances,
    charges: truth.charges,
    net_total: truth.net_total,
    tax_total: truth.tax_total,
    gross_total: truth.gross_total,
    paid: truth.paid,
    payable: truth.payable,
  }
  const cells = Object.entries(fields).flatMap(([name, expected]) =>
    field(name, expected, read?.fields[name] ?? null),
  )
  const ibans = read?.ibans ?? []
  const { iban } = truth.seller
  const fitting = ibans.find(({ text }) => iban !== null && sameIdentifier(iban, text))
  cells.push(...field('seller.iban', iban, fitting ?? ibans[0] ?? null))
  for (const tax of truth.taxes) {
    const own: FoundRow = read?.taxes.find(({ rate }) => sameOrNull(tax.rate, rate?.text)) ?? {}
    // A base that is not printed follows from the sums.
    if (tax.base !== null) cells.push(...field('taxes.base', tax.base, own['base'] ?? null))
    cells.push(...field('taxes.amount', tax.amount, own['amount'] ?? null))
  }
  if (truth.ambiguous.includes('lines'))
    return { cells, rows: { right: 0, all: 0 }, typeRight: read !== undefined }
  const pairs = matchRows(truth.lines, read?.lines ?? [], ['net', 'gross', 'unit_price'])
  const names = [
    'description',
    'quantity',
    'unit_price',
    'net',
    'gross',
    'tax_rate',
    'discount',
    'discount_pct',
  ] as const
  return withRows(truth, cells, pairs, names, 'lines', read !== undefined)
}

function statementScore(truth: StatementTruth, document: ExtractedDocument | undefined): Score {
  const statement = document?.kind === 'bank-statement' ? document.statement : undefined
  const accounts = statement ? foundAccounts(statement) : []
  const bank = statement?.bankName ? { text: statement.bankName.value, isPrinted: true } : null
  const cells = [
    ...cellOf(
      truth,
      'document_type',
      truth.document_type,
      document ? { text: typeOf(document), isPrinted: true } : null,
    ),
    ...cellOf(truth, 'bank', truth.bank, bank),
  ]
  const score: Score = { cells, rows: { right: 0, all: 0 }, typeRight: statement !== undefined }
  for (const [index, account] of truth.accounts.entries())
    accountScore(truth, account, accounts[index], score)
  // Accounts that there are not have rows that there are not.
  for (const extra of accounts.slice(truth.accounts.length)) score.rows.all += extra.rows.length
  return score
}

function accountScore(
  truth: StatementTruth,
  account: AccountTruth,
  read: FoundAccount | undefined,
  score: Score,
): void {
  const fields: Record<string, Expectation> = {
    'account.iban': account.account.iban,
    'account.number': account.account.number,
    'account.holder': account.account.holder,
    currency: account.currency,
    'period.from': account.period.from,
    'period.to': account.period.to,
    opening: account.opening,
    closing: account.closing,
  }
  for (const [name, expected] of Object.entries(fields))
    score.cells.push(...cellOf(truth, name, expected, read?.fields[name] ?? null))
  const pairs = matchRows(account.transactions, read?.rows ?? [], ['amount', 'balance'])
  const names = ['date', 'description', 'amount', 'balance'] as const
  const { rows } = withRows(truth, score.cells, pairs, names, 'transactions', true)
  score.rows.right += rows.right
  score.rows.all += rows.all
}

function withRows(
  truth: InvoiceTruth | StatementTruth,
  cells: Cell[],
  pairs: readonly Pair<Readonly<Record<string, Expectation>>, FoundRow>[],
  names: readonly string[],
  rows: string,
  typeRight: boolean,
): Score {
  let right = 0
  for (const { expected, found } of pairs) {
    const own = names.flatMap((name) =>
      cellOf(truth, `${rows}.${name}`, expected ? expected[name] : null, found?.[name] ?? null),
    )
    cells.push(...own)
    if (expected && found && own.every((cell) => cell.right)) right++
  }
  return { cells, rows: { right, all: pairs.length }, typeRight }
}

/** A scored value; none for what the truth leaves out or does not decide, or what is read elsewhere than on the page. */
function cellOf(truth: DocumentTruth, field: string, expected: Expectation, read: FoundValue | null): Cell[] {
  if (expected === undefined || truth.ambiguous.includes(field)) return []
  if (expected === null && read?.isPrinted === false) return []
  const found = read?.text ?? null
  const short = field.replace(/^(lines|transactions)\./, '')
  const group =
    short !== field ? 'rows' : totals.has(field) || field.startsWith('taxes.') ? 'totals' : 'header'
  const isRight = (value: string) =>
    [expected, ...(truth.alternates[field] ?? [])].some((each) => each !== null && same(short)(each, value))
  const right = found === null ? expected === null || truth.derived.includes(field) : isRight(found)
  return [{ group, field, right, expected, found }]
}

const sameOrNull = (one: string | null, other: string | null | undefined): boolean =>
  one === null || other === null || other === undefined ? one === (other ?? null) : sameDecimal(one, other)
