import type { Account, MoneyField, Statement, Transaction } from '@pdf-smaller/contracts/extraction'
import type { StatementHeader, StatementRow } from '../answers.ts'
import { type FieldMaker, fieldMaker, type FieldTools } from './fields.ts'
import { given } from './given.ts'
import type { PlacedRow } from './rows.ts'

/** What a model has said of a bank statement. */
export type StatementAnswers = { header: StatementHeader; rows: readonly PlacedRow<StatementRow>[] }

type AccountAnswer = StatementHeader['accounts'][number]

const none: AccountAnswer = {
  iban: null,
  accountNumber: null,
  bic: null,
  currency: null,
  openingBalance: null,
  closingBalance: null,
  totalCredits: null,
  totalDebits: null,
}

/** Puts the answers together as a statement. @param pages the first of them has rows that stand nowhere */
export function statementOf({ header, rows }: StatementAnswers, tools: FieldTools): Statement {
  const make = fieldMaker(tools)
  const holder = make.prose(header.holderName)
  const accounts = header.accounts.length > 0 ? header.accounts.slice(0, 10) : [none]
  const rowsOf = Map.groupBy(rows, ({ row }) => accountOf(row, accounts))
  return {
    ...given({
      bankName: make.prose(header.bankName),
      statementNumber: make.text(header.statementNumber),
      statementDate: make.day(header.statementDate),
      periodStart: make.day(header.periodStart),
      periodEnd: make.day(header.periodEnd),
    }),
    holderNames: holder ? [holder] : [],
    accounts: accounts.map((account) => accountFields(account, rowsOf.get(account) ?? [], make, tools)),
  }
}

/** The account that a row names; the first where it names none. */
function accountOf(row: StatementRow, accounts: readonly AccountAnswer[]): AccountAnswer {
  const bare = (text: string | null) => (text ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '')
  const named = bare(row.account)
  const found =
    named === ''
      ? undefined
      : accounts.find(({ iban, accountNumber }) => bare(iban) === named || bare(accountNumber) === named)
  return found ?? accounts[0] ?? none
}

function accountFields(
  account: AccountAnswer,
  rows: readonly PlacedRow<StatementRow>[],
  make: FieldMaker,
  tools: FieldTools,
): Account {
  return {
    ...given({
      iban: make.iban(account.iban),
      accountNumber: make.text(account.accountNumber),
      bic: make.bic(account.bic),
      currency: make.currency(account.currency),
      openingBalance: make.money(account.openingBalance),
      closingBalance: make.money(account.closingBalance),
      totalCredits: positive(make.money(account.totalCredits)),
      totalDebits: positive(make.money(account.totalDebits)),
    }),
    carryForwards: [],
    transactions: rows
      .flatMap((placed) => transactionOf(placed, tools))
      .map((row, index) => ({ ...row, seq: index + 1 })),
  }
}

function transactionOf({ row, lines }: PlacedRow<StatementRow>, tools: FieldTools): Transaction[] {
  const make = fieldMaker(tools, lines)
  const amount = make.signedMoney(row.amount, row.direction)
  if (!amount) return []
  const page = lines[0]?.page ?? tools.firstPage
  const side = row.direction === 'out' ? { debit: positive(amount) } : { credit: amount }
  return [
    {
      seq: 1,
      page,
      ...given({
        bookingDate: make.day(row.bookingDate),
        valueDate: make.day(row.valueDate),
        description: make.prose(row.description),
        ...side,
        balance: make.money(row.balance),
      }),
      amount,
    },
  ]
}

function positive(field: MoneyField | undefined): MoneyField | undefined {
  if (!field) return undefined
  const { amount, minor, currency } = field.value
  return { ...field, value: { amount: amount.replace('-', ''), minor: minor.replace('-', ''), currency } }
}
