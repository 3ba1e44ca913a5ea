import { expect, test } from 'vitest'
import { ExtractedDocument, type StatementDocument } from '@pdf-smaller/contracts/extraction'
import { fieldsIn } from '@pdf-smaller/extraction'
import { pagesOfText } from '../../testing/pages-of-text.ts'
import { readStatement } from './read-statement.ts'

function read(...texts: string[]): StatementDocument {
  const document = ExtractedDocument.parse(readStatement(pagesOfText(texts)))
  if (document.kind !== 'bank-statement') throw new Error(`Refused: ${JSON.stringify(document.gate)}`)
  return document
}

const rowsOf = (document: StatementDocument, account = 0) =>
  (document.statement.accounts[account]?.transactions ?? []).map(
    ({ bookingDate, description, amount, balance }) =>
      [
        bookingDate?.value,
        description?.value,
        amount.value.amount,
        ...(balance ? [balance.value.amount] : []),
      ].join(' | '),
  )

const german = [
  `SPARKASSE PROBEDORF                            Kontoauszug 1/2025
Konto-Nr. 1234567
IBAN DE02 2505 0990 0001 2345 67
Kontoinhaber: ERIKA BEISPIEL

Bu-Tag Wert   Vorgang                               Betrag EUR
Alter Kontostand vom 29.12.2024                      1.000,00+
30.12. 31.12. LOHN                                   2.500,50+
              Beispiel AG
              Rechnung 12,50 und 3,00 Rest
02.01. 02.01. MIETE                                    800,00-
Übertrag auf Blatt 2                                 2.700,50+`,
  `SPARKASSE PROBEDORF                            Kontoauszug 1/2025
IBAN DE02 2505 0990 0001 2345 67

Bu-Tag Wert   Vorgang                               Betrag EUR
Übertrag von Blatt 1                                 2.700,50+
03.01. 04.01. STROM                                     70,10-
Neuer Kontostand vom 31.01.2025                      2.630,40+


Bitte prüfen Sie die Buchungen`,
]

/** With the check digits of ISO 7064, MOD 97-10, as ISO 13616 asks for. */
function ibanOf(country: string, rest: string): string {
  const digits = `${rest}${country}00`.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${rest}`
}

test('leaves the letters of a bank in an IBAN that is right as it is printed', () => {
  const iban = ibanOf('GB', 'AVIO60161331926819')
  const grouped = iban.replaceAll(/(.{4})(?=.)/g, '$1 ')
  const document = read(...german.map((text) => text.replace('DE02 2505 0990 0001 2345 67', grouped)))
  expect(document.statement.accounts[0]?.iban).toMatchObject({ value: iban })
})

const twoAccounts = `NORTHMOOR BANK                       Statement 1 to 31 March 2024
Name: Ada Specimen

IBAN GB29 NWBK 6016 1331 9268 19      Currency: GBP

Date         Description               Amount     Balance
Opening balance 1 March 2024                      1,000.00
04 Mar 2024  Card payment              -40.00      960.00
09 Mar 2024  Salary                  2,000.00    2,960.00
Closing balance 31 March 2024                     2,960.00

Currency: USD
Account number 55501234

Date         Description               Amount     Balance
Opening balance 1 March 2024                        500.00
05 Mar 2024  Transfer                  -20.00       480.00
Closing balance 31 March 2024                       480.00`

test('gives a number and a currency to the account that they stand over', () => {
  const { accounts } = read(twoAccounts).statement
  expect(
    accounts.map(({ iban, accountNumber, currency }) => [iban?.value, accountNumber?.value, currency?.value]),
  ).toEqual([
    ['GB29NWBK60161331926819', undefined, 'GBP'],
    [undefined, '55501234', 'USD'],
  ])
})

test('reads signs behind amounts, days over New Year, and carried balances as checks', () => {
  const document = read(...german)
  expect(rowsOf(document)).toEqual([
    '2024-12-30 | LOHN Beispiel AG Rechnung 12,50 und 3,00 Rest | 2500.50',
    '2025-01-02 | MIETE | -800.00',
    '2025-01-03 | STROM | -70.10',
  ])
  const { statement, checks, reconciled, choices } = document
  const [account] = statement.accounts
  expect(statement.bankName?.value).toBe('SPARKASSE PROBEDORF')
  expect(statement.holderNames.map(({ value }) => value)).toEqual(['ERIKA BEISPIEL'])
  expect(account?.iban?.value).toBe('DE02250509900001234567')
  expect(account?.accountNumber?.value).toBe('1234567')
  expect([account?.openingBalance?.value.amount, account?.closingBalance?.value.amount]).toEqual([
    '1000.00',
    '2630.40',
  ])
  expect(account?.transactions[0]?.valueDate?.value).toBe('2024-12-31')
  expect(account?.carryForwards.map(({ afterRows, page }) => [afterRows, page])).toEqual([
    [2, 1],
    [2, 2],
  ])
  expect(checks.find(({ id }) => id === 'CARRY-FORWARD')?.passed).toBe(true)
  expect(reconciled).toBe(true)
  expect(choices.map(({ name, chosen }) => [name, chosen])).toContainEqual(['year', '2024/2025'])
})

test('says where every value stands, and believes what checks bear out more', () => {
  const document = read(...german)
  for (const { field } of fieldsIn(document.statement, 'statement')) {
    expect(field.grounded).toBe(true)
    for (const { page, bbox, pageSize } of field.provenance) {
      expect(page).toBeLessThanOrEqual(2)
      expect(bbox.r).toBeLessThanOrEqual(pageSize[0])
    }
  }
  const [account] = document.statement.accounts
  const [first] = account?.transactions ?? []
  expect(first?.amount.raw).toBe('2.500,50+')
  expect(account?.iban?.confidence).not.toBe(document.statement.bankName?.confidence)
  expect(first?.amount.confidence).toBeGreaterThan(first?.description?.confidence ?? 1)
})

test('does not call a statement reconciled that lacks a row', () => {
  const document = read(german[0] ?? '', (german[1] ?? '').replace(/03\.01\. .*\n/, ''))
  expect(document.reconciled).toBe(false)
  expect(document.checks.filter(({ passed }) => passed === false).map(({ id }) => id)).toEqual([
    'CLOSING-BALANCE',
  ])
})

const english = `Northfield Building Society
Miss A Other                       Sort code 00-99-00 Account number 12345678
Statement 3 June 2025 to 2 July 2025
Date        Payment type and details         Paid out     Paid in     Balance
            BALANCE BROUGHT FORWARD                                  412.75 D
05 Jun 25   DD NORTHWIND ENERGY                 53.66
            SO LETTINGS LTD                    375.37                841.78 D
06 Jun 25   CR PAYROLL                                   1,466.54    624.76
            REF 569527
            BALANCE CARRIED FORWARD                                  624.76`

test('reads two columns, a day that is printed once, balances on some rows, and what is overdrawn', () => {
  const document = read(english)
  expect(rowsOf(document)).toEqual([
    '2025-06-05 | DD NORTHWIND ENERGY | -53.66',
    '2025-06-05 | SO LETTINGS LTD | -375.37 | -841.78',
    '2025-06-06 | CR PAYROLL REF 569527 | 1466.54 | 624.76',
  ])
  expect(document.statement.accounts[0]?.openingBalance?.value.amount).toBe('-412.75')
  expect([document.statement.periodStart?.value, document.statement.periodEnd?.value]).toEqual([
    '2025-06-03',
    '2025-07-02',
  ])
  expect(document.reconciled).toBe(true)
})

test('does not call a statement reconciled whose box says another closing balance than its last row', () => {
  const boxed = (closing: string) => english.replace('Date    ', `Closing balance   ${closing}\nDate    `)
  expect(read(boxed('624.76')).reconciled).toBe(true)
  expect(read(boxed('642.76')).reconciled).toBe(false)
})

test('names the row whose amount is wrong', () => {
  const { reconciled, checks } = read(english.replace('1,466.54', '1,466.55'))
  expect(reconciled).toBe(false)
  expect(checks.find(({ id }) => id === 'ROW-BALANCE')?.at).toEqual(['statement.accounts[0].transactions[2]'])
})

test('reads sections by kind, lists of checks and several accounts; balances of days are no rows', () => {
  const account = (name: string, number: string, more: string) => `${name}          Account number ${number}
  Beginning balance on March 1               $1,000.00
  Ending balance on March 31                   $870.00
Deposits and Additions
 03/04    PAYROLL                                               120.00
          Total Deposits and Additions                         $120.00
Withdrawals and Other Debits
 03/02    CARD PURCHASE 4471                                    200.00
${more}`
  const document = read(
    `First Example Bank                March 1, 2025 - March 31, 2025\nJORDAN Q SAMPLE\n` +
      account(
        'Checking',
        '000111222333',
        `Checks Paid\n 1042 03/05    30.00      1043 03/09    20.00\nDaily Ending Balance\n 03/02   800.00    03/04   920.00`,
      ),
    account(
      'Savings',
      '000444555666',
      ' 03/20    FEE                                                    50.00',
    ),
  )
  expect(rowsOf(document)).toEqual([
    '2025-03-04 | PAYROLL | 120.00',
    '2025-03-02 | CARD PURCHASE 4471 | -200.00',
    '2025-03-05 | CHECK 1042 | -30.00',
    '2025-03-09 | CHECK 1043 | -20.00',
  ])
  expect(rowsOf(document, 1)).toEqual([
    '2025-03-04 | PAYROLL | 120.00',
    '2025-03-02 | CARD PURCHASE 4471 | -200.00',
    '2025-03-20 | FEE | -50.00',
  ])
  expect(document.statement.accounts.map(({ accountNumber }) => accountNumber?.value)).toEqual([
    '000111222333',
    '000444555666',
  ])
  expect(document.choices.find(({ name }) => name === 'date-order')?.chosen).toBe('mdy')
})

test('finds what columns without names mean by the sums, and tells so', () => {
  const document = read(`Plain Bank                       Statement of account
Account: 778899
1 March 2025 to 31 March 2025
            Balance forward                             1,000.00
04 Mar 2025 WATER                             254.25      745.75
07 Mar 2025 GROCER                            100.00      645.75
09 Mar 2025 SALARY                 1,200.00             1,845.75
11 Mar 2025 REFUND                    20.00             1,865.75`)
  expect(rowsOf(document).map((row) => row.split(' | ')[2])).toEqual([
    '-254.25',
    '-100.00',
    '1200.00',
    '20.00',
  ])
  const choice = document.choices.find(({ name }) => name === 'columns')
  expect(choice?.chosen).toContain('credit, debit, balance')
  expect(choice?.because).toContain('4 of 4 balances of rows hold')
  expect(choice?.alternatives.length).toBeGreaterThan(0)
  expect(choice?.alternatives.length).toBeLessThan(8)
})

test('does not call reconciled what adds up with money in and out exchanged as well', () => {
  const document = read(`Plain Bank                       Statement of account
Account: 778899
1 March 2025 to 31 March 2025
            Balance forward                             1,000.00
04 Mar 2025 WATER                             254.25
07 Mar 2025 SALARY                                      1,200.00
09 Mar 2025 GROCER                            100.00
11 Mar 2025 REFUND                                         20.00
            Closing balance                             1,865.75`)
  expect(rowsOf(document)).toHaveLength(4)
  expect(document.reconciled).toBeNull()
  expect(document.why).toContain('money in')
})

test('reads thousands parted by blanks, balances in the columns of their side, and numbers beside amounts', () => {
  const document = read(`Banque Exemple                RELEVE DE COMPTE
Compte n° 00012345678       M. JEAN EXEMPLE
du 1 mars 2025 au 31 mars 2025
Date   Valeur  Nature de l'opération             Débit        Crédit
               SOLDE DEBITEUR AU 28/02/2025     1 500,00
02.03  04.03   CARTE 63                            26,60
03.03  03.03   VIR SALAIRE                                  12 230,76
               NOUVEAU SOLDE CREDITEUR AU 31/03/2025        10 704,16`)
  expect(rowsOf(document)).toEqual(['2025-03-02 | CARTE 63 | -26.60', '2025-03-03 | VIR SALAIRE | 12230.76'])
  expect(document.statement.accounts[0]?.openingBalance?.value.amount).toBe('-1500.00')
  expect(document.reconciled).toBe(true)
})

test('reads the side out of a column of words, newest row first, and no foreign amount as the amount', () => {
  const document = read(`Voorbeeldbank N.V.          Rekeningafschrift
Rekening NL51 VBLD 0123 4567 89 EUR t.n.v. STICHTING PROEF
Beginsaldo 01-05-2025: 100,00     Eindsaldo 31-05-2025: 409,00
Datum        Omschrijving                          Bedrag   Af/Bij
20-05-2025   Webshop 49,90 USD                      41,00       Af
             koers 1,0842
07-05-2025   Donatie 25,00 per maand               350,00      Bij`)
  expect(rowsOf(document)).toEqual([
    '2025-05-20 | Webshop 49,90 USD koers 1,0842 | -41.00',
    '2025-05-07 | Donatie 25,00 per maand | 350.00',
  ])
  expect(document.reconciled).toBe(true)
})

test('reads what a card owes as negative', () => {
  const document = read(`Example Card Bank      Credit card statement
Account Number: XXXX XXXX XXXX 4321
Statement Period 03/01/2025 - 03/31/2025
Previous Balance           $200.00
New Balance                $130.00
Minimum Payment Due         $35.00
Trans   Post    Description                      Amount
Date    Date
03/04   03/05   CORNER STORE                      80.00
03/12   03/13   PAYMENT - THANK YOU             -150.00`)
  expect(rowsOf(document)).toEqual([
    '2025-03-05 | CORNER STORE | -80.00',
    '2025-03-13 | PAYMENT - THANK YOU | 150.00',
  ])
  expect(document.statement.accounts[0]?.closingBalance?.value.amount).toBe('-130.00')
  expect(document.reconciled).toBe(true)
})

const traps = {
  'a statement of open invoices': `Widget Supply Co              STATEMENT OF ACCOUNT
Customer: Example Ltd         Account No: C10023
Date         Description             Debit    Credit   Balance
             Opening balance                            500.00
03/04/2025   Invoice INV-1001       100.00              600.00
06/04/2025   Invoice INV-1002       100.00              700.00
Current   30 days   60 days   Amount due
700.00       0.00      0.00       700.00
Please remit to Example Bank, IBAN GB29 NWBK 6016 1331 9268 19`,
  'a telephone bill': `TELCO EXAMPLE                 Your bill
Account number 99887766       Bill date 01 May 2025
Date       Description           Amount
02 Apr     Call to 01234567        0.42
03 Apr     Call to 01234568        1.10
Previous balance                  30.00
Total due                         31.52`,
  'a report': `Quarterly Sales Report
From 01/01/2025 to 31/03/2025
Date         Product              Amount     Total
02/01/2025   Widget                10.00     10.00
03/01/2025   Gadget                12.00     22.00`,
  'a receipt': `TECHMART
11/23/2024 14:32
Headphones   299.99
SUBTOTAL     299.99
TOTAL        299.99`,
  nothing: '',
}

test.each(Object.entries(traps))('refuses %s without a field', (_, text) => {
  const document = ExtractedDocument.parse(readStatement(pagesOfText([text])))
  expect(document.kind).toBe('other')
  expect(document).not.toHaveProperty('statement')
  expect(document.gate.accepted).toBe(false)
  expect(document.gate.reasons.some(({ speaksFor }) => !speaksFor)).toBe(true)
})

test('reads a scan that lies askew as the page it was', () => {
  const pages = pagesOfText([english], { lean: 0.01, source: 'ocr' })
  const document = readStatement(pages)
  expect(document.kind === 'bank-statement' ? rowsOf(document) : null).toEqual(rowsOf(read(english)))
})

const twoSides = (labels: string) => `Bank Tannenhain         Account Statement
Account holder: Mira Feldhus
IBAN GB29 NWBK 6016 1331 9268 19
${labels}
Date        Description        Paid out        Paid in            Balance
            Opening balance                                       1,000.00
22 Dec      Rent               600.00                                400.00
29 Dec      Wages                               2,000.00           2,400.00
02 Jan      Shop               200.00                              2,200.00
            Closing balance                                       2,200.00
Period: 20 December 2025 to 10 January 2026    GBP`

test.each([
  ['Total paid in 2,100.00'],
  ['Total paid out 900.00'],
  ['Money in 2,100.00'],
  ['Money out 900.00'],
  ['Credits 2,100.00'],
  ['Gutschriften 2,100.00'],
  ['Total des débits 900.00'],
  ['Salidas 900.00'],
  ['Afgeschreven 900.00'],
  ['Totale entrate 2,100.00'],
])('a total of one side that the rows do not make is told: %s', (label) => {
  const right = label.replace('2,100', '2,000').replace('900', '800')
  expect(read(twoSides(right)).reconciled).toBe(true)
  expect(read(twoSides(label))).toMatchObject({
    reconciled: false,
    why: expect.stringMatching(/TOTAL-(CREDITS|DEBITS)/),
  })
})

test('a part of one side is no total of it', () => {
  expect(read(twoSides('Fees 10.00\nCard payments 200.00')).reconciled).toBe(true)
})

test.each([
  ['KWD', '1000.000'],
  ['JPY', '1000000'],
  ['EUR', '1000000.00'],
])('reads three digits behind the only mark by what the currency has: %s', (currency, opening) => {
  // All amounts a thousand times as much: `600.00` becomes `600,000`.
  const text = twoSides('Money in 2,000.00')
    .replace('GBP', currency)
    .replaceAll(/,?(\d{3})\.00/g, ',$1,000')
    .replaceAll(/ ,/g, '  ')
  const document = read(currency === 'KWD' ? text.replaceAll(/,(\d{3})(?!,)/g, '.$1') : text)
  expect(document.statement.accounts[0]?.openingBalance?.value.amount).toBe(opening)
  expect(document.reconciled).toBe(true)
})
