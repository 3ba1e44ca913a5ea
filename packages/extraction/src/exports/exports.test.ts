import { XMLValidator } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { account, amount, goodInvoice, statement, text } from '../../testing/made.ts'
import { concludeInvoice, concludeStatement } from '../checks/conclude.ts'
import type { Read } from '../checks/read.ts'
import { csvOf } from './csv.ts'
import { ofxOf } from './ofx.ts'
import { tableOf } from './table.ts'
import { xlsxOf } from './xlsx.ts'

const read: Read = {
  documentType: 'invoice',
  pages: [1],
  gate: { accepted: true, confidence: 0.9, reasons: [] },
  choices: [],
}
const invoice = (description = 'Thing') => {
  const made = goodInvoice()
  if (made.lines[0]) made.lines[0].description = text(description)
  return concludeInvoice(read, made)
}
const statementOf = (...accounts: ReturnType<typeof account>[]) =>
  concludeStatement({ ...read, documentType: 'bank-statement' }, statement(...accounts))
const evil = ['=1+1', '+49 123', '-5 off', '@SUM(A1)', '\t=1']

it('writes lines as CSV', () => {
  expect(csvOf(tableOf([invoice('Nuts, "big"\nand bolts')], 'lines')).split('\r\n')).toEqual([
    'document,invoiceNumber,position,productCode,description,quantity,unit,unitPrice,discount,netAmount,vatRate,taxAmount,grossAmount,currency',
    '1,R-1,,,"Nuts, ""big""\nand bolts",3,,10.00,,30.00,19,,,EUR',
    '1,R-1,,,Thing,2,,5.50,,11.00,7,,,EUR',
    '',
  ])
})

it('writes transactions of several accounts, with their sign', () => {
  const table = tableOf([statementOf(account(0n, [-100n]), account(0n, [250n]))], 'transactions')
  expect(table.rows.map((row) => row.slice(-5, -2))).toEqual([
    [{ number: '1.00' }, null, { number: '-1.00' }],
    [null, { number: '2.50' }, { number: '2.50' }],
  ])
  expect(csvOf(table)).toContain(',1.00,,-1.00,')
})

it('lets no text run as a formula, neither in CSV nor in a workbook', () => {
  for (const text of evil) {
    const table = tableOf([invoice(text)], 'lines')
    const [, line = ''] = csvOf(table).split('\r\n')
    expect(line).toContain(`,'${text}`)
    const xlsx = xlsxOf(table, 'Lines').toString('utf8')
    expect(xlsx).toContain(`<c t="inlineStr" s="1"><is><t xml:space="preserve">${text}</t></is></c>`)
    expect(xlsx).not.toContain('<f>')
  }
})

it('writes a workbook of sound XML, whatever the texts are', () => {
  const xlsx = xlsxOf(tableOf([invoice('<a> & "b" \u0000\uD800 ]]>')], 'lines'), 'Lines: [1]').toString(
    'utf8',
  )
  const parts = xlsx.split(/(?=<\?xml)/).slice(1)
  expect(parts).toHaveLength(6)
  for (const part of parts) {
    const [xml = ''] = part.split('PK')
    expect(XMLValidator.validate(xml)).toBe(true)
  }
  expect(xlsx).toContain('<c><v>30.00</v></c>')
  expect(xlsx).toContain('sheet name="Lines   1 "')
})

it('keeps numbers that a spreadsheet would round as text', () => {
  const made = goodInvoice()
  if (made.lines[0]) made.lines[0].netAmount = amount('12345678901234567.89')
  const xlsx = xlsxOf(tableOf([concludeInvoice(read, made)], 'lines'), 'Lines').toString('utf8')
  expect(xlsx).toContain('preserve">12345678901234567.89<')
})

it('writes statements as OFX, the same row always with the same identifier', () => {
  const own = account(1000n, [-100n, -100n, 250n])
  own.iban = text('DE89370400440532013000')
  if (own.transactions[2]) own.transactions[2].description = text('A & B <GmbH>')
  const ofx = ofxOf([statementOf(own)]) ?? ''
  expect(XMLValidator.validate(ofx.replace(/<\?OFX.*?\?>/, ''))).toBe(true)
  expect([...ofx.matchAll(/<FITID>(.*?)<\/FITID>/g)].map(([, id]) => id)).toEqual([
    '20250115-100-1',
    '20250115-100-2',
    '20250115250-1',
  ])
  expect(ofx).toContain('<BANKID>37040044</BANKID><ACCTID>DE89370400440532013000</ACCTID>')
  expect(ofx).toContain('<CURDEF>EUR</CURDEF>')
  expect(ofx).toContain('<TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20250115</DTPOSTED><TRNAMT>-1.00</TRNAMT>')
  expect(ofx).toContain('<NAME>A &amp; B &lt;GmbH&gt;</NAME>')
  expect(ofx).toContain('<LEDGERBAL><BALAMT>10.50</BALAMT><DTASOF>20250131</DTASOF></LEDGERBAL>')
})

it('makes up no balance for OFX, and nothing of no statement', () => {
  const { closingBalance: _, ...open } = account(1000n, [-100n])
  expect(ofxOf([statementOf(open)])).not.toContain('LEDGERBAL')
  expect(ofxOf([invoice()])).toBe(undefined)
})
