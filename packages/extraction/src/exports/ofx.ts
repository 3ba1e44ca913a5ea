import type {
  Account,
  Day,
  ExtractedDocument,
  Statement,
  Transaction,
} from '@pdf-smaller/contracts/extraction'
import { extractIBAN } from 'ibantools'
import { isIban } from '../reading/bank-ids.ts'
import { xmlText } from './xml-text.ts'

/** Lengths by OFX 2.2, 11.4. */
const [longestName, longestMemo, longestBank, longestAccount, longestCheck] = [32, 255, 9, 22, 12]

/**
 * Statements as OFX 2.2 (what programs for bookkeeping import). Identifiers of rows are made of day, amount and how
 * often both came before, so that the same row has the same one in every export.
 * @returns undefined where no account says any day, or there is none
 */
export function ofxOf(documents: readonly ExtractedDocument[]): string | undefined {
  const responses = documents.flatMap((document) =>
    document.kind === 'bank-statement'
      ? document.statement.accounts.flatMap((account) => response(document.statement, account) ?? [])
      : [],
  )
  const [first] = responses
  if (!first) return undefined
  const head =
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n' +
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n'
  const status = '<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>'
  const signOn = `<SIGNONMSGSRSV1><SONRS>${status}<DTSERVER>${date(first.asOf)}</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>`
  const statements = responses.map(
    ({ body }, index) =>
      `<STMTTRNRS><TRNUID>${index + 1}</TRNUID>${status}<STMTRS>${body}</STMTRS></STMTTRNRS>`,
  )
  return `${head}<OFX>${signOn}<BANKMSGSRSV1>\r\n${statements.join('\r\n')}\r\n</BANKMSGSRSV1></OFX>\r\n`
}

function response(statement: Statement, account: Account): { asOf: Day; body: string } | undefined {
  const days = account.transactions.flatMap(({ bookingDate, valueDate }) => bookingDate ?? valueDate ?? [])
  const sorted = days.map(({ value }) => value).toSorted()
  const from = (account.periodStart ?? statement.periodStart)?.value ?? sorted[0]
  const stated = account.closingDate ?? account.periodEnd ?? statement.periodEnd ?? statement.statementDate
  const asOf = stated?.value ?? sorted.at(-1)
  if (from === undefined || asOf === undefined) return undefined
  const seen = new Map<string, number>()
  const rows = account.transactions.map((row) => transaction(row, asOf, seen))
  const currency = account.currency?.value ?? account.transactions[0]?.amount.value.currency ?? 'XXX'
  const { closingBalance } = account
  const balance = closingBalance
    ? `<LEDGERBAL><BALAMT>${closingBalance.value.amount}</BALAMT><DTASOF>${date(asOf)}</DTASOF></LEDGERBAL>`
    : ''
  const list = `<BANKTRANLIST><DTSTART>${date(from)}</DTSTART><DTEND>${date(asOf)}</DTEND>\r\n${rows.join('\r\n')}\r\n</BANKTRANLIST>`
  return { asOf, body: `<CURDEF>${currency}</CURDEF>${accountFrom(account)}${list}${balance}` }
}

/** Bank and account; IBANs are longer than OFX allows, so their parts stand there. */
function accountFrom({ iban, accountNumber, routingCode, bic }: Account): string {
  const parts = iban && isIban(iban.value) ? extractIBAN(iban.value) : undefined
  const bank = routingCode?.value ?? parts?.bankIdentifier ?? bic?.value ?? 'UNKNOWN'
  const number =
    iban && iban.value.length <= longestAccount ? iban.value : (parts?.accountNumber ?? iban?.value)
  const account = number ?? accountNumber?.value ?? 'UNKNOWN'
  return (
    `<BANKACCTFROM><BANKID>${limited(bank, longestBank)}</BANKID>` +
    `<ACCTID>${limited(account, longestAccount)}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>`
  )
}

function transaction(row: Transaction, asOf: Day, seen: Map<string, number>): string {
  const { bookingDate, valueDate, amount, checkNumber, counterparty, description, reference } = row
  const day = (bookingDate ?? valueDate)?.value ?? asOf
  const key = `${date(day)}${amount.value.minor}`
  const before = seen.get(key) ?? 0
  seen.set(key, before + 1)
  const type = checkNumber ? 'CHECK' : amount.value.amount.startsWith('-') ? 'DEBIT' : 'CREDIT'
  const memo = [description?.value, reference?.value].filter((text) => text !== undefined).join(' ')
  const name = counterparty?.value ?? description?.value
  return [
    `<STMTTRN><TRNTYPE>${type}</TRNTYPE><DTPOSTED>${date(day)}</DTPOSTED>`,
    valueDate ? `<DTAVAIL>${date(valueDate.value)}</DTAVAIL>` : '',
    `<TRNAMT>${amount.value.amount}</TRNAMT><FITID>${key}-${before + 1}</FITID>`,
    checkNumber ? `<CHECKNUM>${limited(checkNumber.value, longestCheck)}</CHECKNUM>` : '',
    name ? `<NAME>${limited(name, longestName)}</NAME>` : '',
    memo ? `<MEMO>${limited(memo, longestMemo)}</MEMO>` : '',
    '</STMTTRN>',
  ].join('')
}

function date(day: Day): string {
  return day.replaceAll('-', '')
}

function limited(text: string, most: number): string {
  return xmlText(text.replaceAll(/\s+/g, ' ').trim().slice(0, most).trim())
}
