import { expect, test } from 'vitest'
import { ExtractedDocument, type InvoiceDocument } from '@pdf-smaller/contracts/extraction'
import { concludeInvoice, concludeOther, fieldsIn } from '@pdf-smaller/extraction'
import { layOut } from '../../layout/layout.ts'
import { pagesOfText } from '../../testing/pages-of-text.ts'
import { readInvoice } from './read-invoice.ts'
import { splitDocuments } from './split-documents.ts'
import { best, movesOf } from './sums.ts'
import { totalsCandidates } from './totals-candidates.ts'

function conclude(...texts: string[]) {
  const { invoice, more, ...read } = readInvoice(pagesOfText(texts))
  return ExtractedDocument.parse(invoice ? concludeInvoice(read, invoice, { more }) : concludeOther(read))
}

function read(...texts: string[]): InvoiceDocument {
  const document = conclude(...texts)
  if (document.kind !== 'invoice') throw new Error(`Refused: ${JSON.stringify(document.gate)}`)
  return document
}

const rowsOf = ({ invoice }: InvoiceDocument) =>
  invoice.lines.map((line) =>
    [
      line.description?.value,
      line.quantity?.value,
      line.unitPrice?.value.amount,
      line.netAmount?.value.amount,
      line.grossAmount?.value.amount,
      line.vatRate?.value,
    ].join(' | '),
  )

const sumsOf = ({ invoice: { totals } }: InvoiceDocument) =>
  [totals.net, totals.tax, totals.gross, totals.paid, totals.due].map((sum) => sum?.value.amount)

const german = `Holzwerk Ahorn GmbH, Am Forst 3, 34117 Kassel

Frau
Ines Vogt                                             Rechnungsdatum: 04.03.2024
Lindenweg 4                                           Kundennummer: 3381
06110 Halle

Rechnung Nr. 2024/118

Pos  Bezeichnung                  Menge   Einzelpreis   Gesamtpreis
1    Regal Eiche                  2 Stk        140,00        280,00
     geölt, 80 cm breit
2    Montage                      1,5 Std       60,00         90,00

                                   Summe netto              370,00
                                   zzgl. 19 % MwSt.          70,30
                                   Gesamtbetrag             440,30

Zahlbar bis 14.03.2024 mit 2 % Skonto oder bis zum 03.04.2024 ohne Abzug.
IBAN DE89 3704 0044 0532 0130 00                      USt-IdNr. DE136695976`

test('reads head, lines and sums, and every value says where it stands', () => {
  const document = read(german)
  const { invoice } = document
  expect(invoice.invoiceNumber?.value).toBe('2024/118')
  expect([invoice.issueDate?.value, invoice.dueDate?.value]).toEqual(['2024-03-04', '2024-04-03'])
  expect([invoice.seller.name?.value, invoice.seller.vatId?.value]).toEqual([
    'Holzwerk Ahorn GmbH',
    'DE136695976',
  ])
  expect([invoice.buyer.name?.value, invoice.buyer.customerId?.value]).toEqual(['Ines Vogt', '3381'])
  expect(invoice.payment[0]?.iban?.value).toBe('DE89370400440532013000')
  expect(rowsOf(document)).toEqual([
    'Regal Eiche geölt, 80 cm breit | 2 | 140.00 | 280.00 |  | ',
    'Montage | 1.5 | 60.00 | 90.00 |  | ',
  ])
  expect(sumsOf(document)).toEqual(['370.00', '70.30', '440.30', undefined, undefined])
  expect(invoice.taxes.map(({ rate, base }) => [rate?.value, base?.value.amount])).toEqual([['19', '370.00']])
  expect(document.reconciled).toBe(true)
  const loose = fieldsIn(invoice, 'invoice').filter(
    ({ field }) => field.source !== 'derived' && field.provenance.length === 0,
  )
  expect(loose).toEqual([])
})

test('a total that is not the sum is told and not called reconciled', () => {
  const document = read(german.replace('440,30', '430,30'))
  expect(sumsOf(document)[2]).toBe('430.30')
  expect(document.reconciled).toBe(false)
})

test.each([
  ['370,00', '371,00', 'net'],
  ['70,30', '70,90', 'tax'],
  ['440,30', '440,90', 'gross'],
] as const)('a sum that does not fit is told as printed: %s as %s', (right, wrong, field) => {
  const document = read(german.replace(`  ${right}`, `  ${wrong}`))
  expect(document.invoice.totals[field]?.raw).toBe(wrong)
  expect(document.reconciled).toBe(false)
})

test('a wrong line is not called reconciled', () => {
  const document = read(
    german.replace('1,5 Std       60,00         90,00', '1,5 Std       60,00         96,00'),
  )
  expect(document.reconciled).toBe(false)
})

test('chooses the decimal mark by the sums, not row by row', () => {
  const document = read(`INVOICE                          Alder Tools Ltd
                                 Mill Lane, Crewe CW2 7RA
Invoice number: A-17             VAT No GB 482 3310 57
Invoice date: 2 July 2024
Bill to:
Birch Joinery Ltd
Crewe CW1 6BA

Description           Qty      Price       Amount
Screws, per piece   1,500      0.125       187.50
Clamp                   2      1,250.00    2,500.00

                               Subtotal    2,687.50
                               VAT 20%       537.50
                               Total       3,225.00`)
  expect(rowsOf(document)).toEqual([
    'Screws, per piece | 1500 | 0.125 | 187.50 |  | ',
    'Clamp | 2 | 1250.00 | 2500.00 |  | ',
  ])
  expect(document.choices.find(({ name }) => name === 'decimal-mark')).toMatchObject({
    chosen: '.',
    alternatives: [','],
  })
  expect(document.reconciled).toBe(true)
})

const whole = (before: string, behind: string) => `INVOICE A-17
Alder Tools Ltd                  Invoice date: 2 July 2024

Description           Qty      Price       Amount
Server rack             2     12,500       25,000
Migration               1     48,000       48,000

                               Subtotal    ${before}73,000${behind}
                               VAT 20%     ${before}14,600${behind}
                               Total       ${before}87,600${behind}`

test.each([
  ['$ ', '', 'USD', '87600.00'],
  ['¥', '', 'JPY', '87600'],
  ['', ' JPY', 'JPY', '87600'],
  ['', '円', 'JPY', '87600'],
  ['CHF ', '', 'CHF', '87600.00'],
  ['Fr. ', '', 'CHF', '87600.00'],
])('takes three digits behind the only mark for thousands: %s87,600%s', (before, behind, currency, gross) => {
  const document = read(whole(before, behind))
  expect([document.invoice.currency?.value, sumsOf(document)[2]]).toEqual([currency, gross])
  expect(document.reconciled).toBe(true)
  expect(read(whole(before, behind).replaceAll('87,600', '87,615')).reconciled).toBe(false)
})

test.each([' KWD', ' BHD', ' TND', ' KD'])(
  'takes three digits for mils in a currency that has them:%s',
  (behind) => {
    const document = read(whole('', behind).replaceAll(',', '.'))
    expect(sumsOf(document).slice(0, 3)).toEqual(['73.000', '14.600', '87.600'])
    expect(document.reconciled).toBe(true)
  },
)

test('calls nothing reconciled where nothing says whether three digits are thousands or a fraction', () => {
  expect(read(whole('', ' kr'))).toMatchObject({
    reconciled: null,
    why: expect.stringContaining('decimal-mark'),
  })
})

test('two amounts that are due and differ are told, whichever the lines lead to', () => {
  const document = read(
    whole('', '.00 EUR')
      .replace('Total      ', 'Total due  ')
      .replace('INVOICE A-17', 'INVOICE A-17              Amount due   99,999.00 EUR'),
  )
  expect(document.reconciled).toBe(false)
  const { figures } = document.checks.find(({ id }) => id === 'BR-CO-16') ?? {}
  expect([figures?.['expected'], figures?.['found']]).toEqual(['87600.00', '99999.00'])
})

test('an amount beside a label of the sums that cannot be read is told, and nothing called reconciled', () => {
  const document = read(
    german.replace('440,30\n', '440,30\n                                   Zu zahlen               44O,3O\n'),
  )
  expect(document).toMatchObject({ reconciled: null, why: expect.stringContaining('44O,3O') })
})

test('a pro-forma invoice keeps its type and is not called reconciled', () => {
  const document = read(german.replace('Rechnung Nr. 2024/118', 'Proforma-Rechnung Nr. 2024/118'))
  expect([document.documentType, document.reconciled]).toEqual(['pro-forma-invoice', null])
})

test('numbers that lie over each other are not one', () => {
  const [page] = pagesOfText([german.replace('2024/118', '2024-118 2024-999')])
  const words = page?.words ?? []
  const [one, other] = ['2024-118', '2024-999'].map((text) => words.find((word) => word.text === text))
  if (!page || !one || !other) throw new Error('The page has both numbers')
  other.box = { ...one.box }
  expect(readInvoice([page]).invoice?.invoiceNumber?.value).toBe('2024-118')
})

test.each([
  ['', 'Am Forst 3, 34117 Kassel'],
  ['Holzwerk Ahorn GmbH\nAm Forst 3\n34117 Kassel\nTel. 0561 1234\n\n', 'Am Forst 3, 34117 Kassel'],
])('the address of the seller stands behind its name or under it', (letterhead, address) => {
  const document = read(letterhead + german)
  expect(document.invoice.seller.address?.value).toBe(address)
})

test('the comma behind an IBAN is none of it', () => {
  const document = read(german.replace('0130 00 ', '0130 00,'))
  expect(document.invoice.payment[0]?.iban?.raw).toBe('DE89 3704 0044 0532 0130 00')
})

const ambiguous = (due: string) => `Invoice 881                              Nordlicht Oy
Invoice date: 03/04/2024                 Due date: ${due}
Description            Qty    Price     Amount
Lamp                     1    100.00    100.00
                         Total EUR      100.00`

test('reads days and months in the order that other dates of the document settle', () => {
  expect(read(ambiguous('17/04/2024')).invoice.issueDate?.value).toBe('2024-04-03')
  const american = read(ambiguous('04/17/2024'))
  expect(american.invoice.issueDate?.value).toBe('2024-03-04')
  expect(american.choices.find(({ name }) => name === 'date-order')?.chosen).toBe('mdy')
})

test('prices with tax are gross amounts, and rows that only inform are no lines', () => {
  const document = read(`FACTUUR                                         Winkel Linde B.V.
Factuurnummer: 9935                             1025 RX Amsterdam
Factuurdatum: 19 april 2024                     BTW NL004495445B01
Artikel                           Aantal   Prijs per stuk   BTW   Prijs incl. BTW
Tablet 16 GB                           1         € 399,00   21%          € 399,00
  Incl. thuiskopieheffing              1                    21%            € 4,24
Hoes                                   2          € 15,00   21%           € 30,00
                                          Subtotaal                      € 429,00
   Exclusief BTW   € 354,55
   BTW 21%          € 74,45
                                          Totaal                         € 429,00
                                          iDEAL op 19 april 2024         € 429,00`)
  expect(rowsOf(document)).toEqual([
    'Tablet 16 GB | 1 | 399.00 |  | 399.00 | 21',
    'Hoes | 2 | 15.00 |  | 30.00 | 21',
  ])
  expect(sumsOf(document)).toEqual(['354.55', '74.45', '429.00', '429.00', undefined])
  expect(document.choices.find(({ name }) => name === 'amounts-include-tax')?.chosen).toBe('yes')
})

test('goes on over pages: repeated headers, carried sums and footers are no lines', () => {
  const row = (count: number, name: string) =>
    `${String(count).padEnd(4)}${name.padEnd(24)}2        10,00        20,00`
  const head = 'Pos Bezeichnung            Menge    Preis    Gesamt EUR'
  const page = (rows: string[]) => [head, ...rows].join('\n')
  const document = read(
    `Rechnung Nr. 77                        Nordkontor GmbH\nDatum: 04.09.2024\n${page([row(1, 'Kaffee'), row(2, 'Tee')])}\nÜbertrag                                              40,00\n\n\n\nAG Kiel HRB 5512    USt-IdNr. DE136695976    Tel. 0431 5566`,
    `Rechnung Nr. 77    Seite 2\n\n${page(['Übertrag                                              40,00', row(3, 'Saft')])}\nSumme netto                                           60,00\n19 % MwSt.                                            11,40\nRechnungsbetrag                                       71,40\n\nAG Kiel HRB 5512    USt-IdNr. DE136695976    Tel. 0431 5566`,
  )
  expect(rowsOf(document).map((text) => text.split(' | ')[0])).toEqual(['Kaffee', 'Tee', 'Saft'])
  expect(document.reconciled).toBe(true)
})

test('reads lines without a header where the sums bear them out', () => {
  const document = read(`HARGREAVES & MOLE LLP
Invoice number: 30117
Date: 9 December 2024

Our charges for acting on your behalf              1,250.00
Preparing deed of easement                           340.00

                                    Total net      1,590.00
                                    VAT at 20%       318.00
                                    Total          1,908.00
                                    Less paid on account   500.00
                                    Balance due    1,408.00
VAT registration number 243 5671 88. Sums are in GBP.`)
  expect(rowsOf(document).map((text) => text.split(' | ')[3])).toEqual(['1250.00', '340.00'])
  expect(sumsOf(document)).toEqual(['1590.00', '318.00', '1908.00', '500.00', '1408.00'])
})

test.each([
  ['Auftragsbestätigung', 'order-confirmation'],
  ['Angebot', 'quotation'],
  ['Lieferschein', 'delivery-note'],
  ['2. Mahnung', 'reminder'],
  ['Quittung', 'receipt'],
  ['Bestellung', 'order'],
  ['Kundenkontoauszug', 'unknown'],
  ['Kontoauszug', 'bank-statement'],
])('%s is no invoice, whatever sums it has', (title, type) => {
  const document = conclude(german.replace('Rechnung Nr. 2024/118', title).replace('Rechnungsdatum', 'Datum'))
  expect([document.kind, document.documentType]).toEqual(['other', type])
  expect(document.gate.reasons.some(({ speaksFor }) => !speaksFor)).toBe(true)
})

test.each([
  ['Stornorechnung Nr. 12', 'credit-note'],
  ['Proforma-Rechnung Nr. 12', 'pro-forma-invoice'],
  ['Rechnungskorrektur Nr. 12', 'corrected-invoice'],
  ['Gutschrift (selbst ausgestellte Rechnung) Nr. 12', 'self-billed-invoice'],
  ['Abschlagsrechnung Nr. 12', 'prepayment-invoice'],
])('%s is a type of invoice', (title, type) => {
  expect(read(german.replace('Rechnung Nr. 2024/118', title)).documentType).toBe(type)
})

test('a placeholder is no number', () => {
  const { invoice } = read(german.replace('Rechnung Nr. 2024/118', 'Rechnung\nRechnungsnummer: TODO'))
  expect(invoice.invoiceNumber).toBeUndefined()
})

test('empty pages and prose are no invoice', () => {
  expect(conclude('').kind).toBe('other')
  expect(conclude('We sent you an invoice last week.\nPlease tell us whether it arrived.').kind).toBe('other')
})

test('several invoices in one file are told apart by number and numbering', () => {
  const one = (number: string, page: string) => `INVOICE\nInvoice number: ${number}\n${page}\nTotal 10.00`
  const split = (...texts: string[]) =>
    splitDocuments(pagesOfText(texts)).map((pages) => pages.map(({ number }) => number))
  expect(split(one('S-1', ''), one('S-2', ''))).toEqual([[1], [2]])
  expect(split(one('S-1', 'Page 1 of 2'), one('S-1', 'Page 2 of 2'), one('S-1', 'Page 1 of 1'))).toEqual([
    [1, 2],
    [3],
  ])
  expect(split(one('S-1', ''), 'General terms of delivery')).toEqual([[1, 2]])
})

test('a page of nothing but amounts is read in few ways', () => {
  const rows = Array.from(
    { length: 400 },
    (_, index) => `Discount ${index},00   Shipping ${index},50   Total ${index},75`,
  )
  const candidates = totalsCandidates(layOut(pagesOfText([rows.join('\n')])), ',')
  expect(candidates.length).toBeGreaterThan(1000)
  expect(movesOf(candidates).length).toBeLessThanOrEqual(16)
  expect(best(candidates, 0).length).toBeLessThanOrEqual(8)
})

const inCurrency = (
  code: string,
  [price, net, tax, gross]: [string, string, string, string],
) => `Kestrel Marine Ltd
Unit 9, Dock Road, Leeds LS2 7QF

Invoice to:
Oakfield School
3 Church Street
Bradford BD1 4RT

Invoice
Number              Invoice date        Due date
2025-6445           10 June 2025        8 July 2025

No.  Details                      Quantity       Rate         Amount
1    Hull inspection              2              ${price}       ${net}

                                   Net total     ${net} ${code}
                                   VAT 10%       ${tax} ${code}
                                   Total         ${gross} ${code}
IBAN GB29 NWBK 6016 1331 9268 19`

test('the decimals of the currency say whether a mark parts thousands or a fraction', () => {
  const yen = read(inCurrency('JPY', ['39,836', '79,672', '7,967', '87,639']))
  expect(sumsOf(yen).slice(0, 3)).toEqual(['79672', '7967', '87639'])
  expect(rowsOf(yen)).toEqual(['Hull inspection | 2 | 39836 | 79672 |  | '])
  const dinar = read(inCurrency('KWD', ['39.836', '79.672', '7.967', '87.639']))
  expect(sumsOf(dinar).slice(0, 3)).toEqual(['79.672', '7.967', '87.639'])
  // Among labels over their values one alone is unclear, and a row of them is not.
  expect(yen.invoice.invoiceNumber?.value).toBe('2025-6445')
  expect(yen.reconciled && dinar.reconciled).toBe(true)
})

test('takes no account for an invoice, whatever its bank is called', () => {
  const account = `Crédit Régional du Nord              Page 1
RELEVÉ
IBAN FR14 2004 1010 0505 0001 3M02 606

Date        Nature des opérations         Débit      Crédit     Solde
01.10.2025  Solde précédent                                     1.842,13
01.10.2025  CARTE                         211,32                1.630,81
02.10.2025  VIREMENT                                 100,00     1.730,81
Total                                     211,32     100,00`
  const document = conclude(account)
  expect(document.gate.accepted).toBe(false)
  expect(document.documentType).toBe('bank-statement')
})

test('parts a quantity from a unit that touches it', () => {
  const glued = german.replace('2 Stk ', '2Stk  ').replace('1,5 Std', '1,5Std ')
  expect(rowsOf(read(glued))).toEqual(rowsOf(read(german)))
})
