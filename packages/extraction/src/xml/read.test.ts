import { JobFailure } from '@pdf-smaller/contracts'
import { array, assert, nat, property, record, uint8Array } from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { ciiXml, ublXml } from '../../testing/xml.ts'
import { looksLikeXml, readXml } from './read.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readXml(bytes(text)).document
const invoiceOf = (text: string) => {
  const document = read(text)
  if (document.kind !== 'invoice') throw new Error(`It was taken for ${document.documentType}`)
  return document
}
const codeOf = (text: string | Uint8Array) => {
  try {
    readXml(typeof text === 'string' ? bytes(text) : text)
    return 'read'
  } catch (error) {
    return error instanceof JobFailure ? error.code : error
  }
}

it.each([
  ['Cross Industry Invoice', ciiXml()],
  ['UBL invoice', ublXml()],
])('reads a %s exactly', (_, xml) => {
  const { invoice, reconciled, documentType, checks } = invoiceOf(xml)
  expect(checks.filter(({ passed }) => passed === false)).toEqual([])
  expect({ documentType, reconciled }).toEqual({ documentType: 'invoice', reconciled: true })
  const { seller, buyer, lines, taxes, totals, payment } = invoice
  expect(invoice).toMatchObject({
    invoiceNumber: { value: 'R-1', source: 'xml', grounded: true, provenance: [] },
    issueDate: { value: '2025-01-31' },
    dueDate: { value: '2025-03-02' },
    currency: { value: 'EUR' },
    paymentTerms: { value: '30 Tage' },
  })
  expect([seller.name, seller.vatId, buyer.name, payment[0]?.iban].map((field) => field?.value)).toEqual([
    'Muster GmbH',
    'DE136695976',
    'Beispiel AG',
    'DE89370400440532013000',
  ])
  expect(
    lines.map((line) =>
      [line.description, line.quantity, line.unit, line.vatRate].map((field) => field?.value),
    ),
  ).toEqual([
    ['Thing & Co', '3', 'C62', '19'],
    ['Other', '2', 'C62', '7'],
  ])
  expect(lines[0]?.unitPrice?.value).toEqual({ amount: '10.00', currency: 'EUR' })
  expect(taxes[1]?.amount?.value).toEqual({ amount: '0.77', minor: '77', currency: 'EUR' })
  expect(totals.gross?.value).toEqual({ amount: '47.47', minor: '4747', currency: 'EUR' })
})

it('tells types of invoices by their codes, and credit notes by their root', () => {
  const types = ['380', '381', '384', '386', '389', '326', ''].map(
    (type) => read(ciiXml({ type })).documentType,
  )
  expect(types).toEqual([
    'invoice',
    'credit-note',
    'corrected-invoice',
    'prepayment-invoice',
    'self-billed-invoice',
    'invoice',
    'invoice',
  ])
  expect(read(ublXml({ credit: true }))).toMatchObject({ documentType: 'credit-note', reconciled: true })
})

it('takes no order for an invoice, whatever its elements are', () => {
  const namespace = 'urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100'
  const orderX = ciiXml()
    .replaceAll('CrossIndustryInvoice', 'SCRDMCCBDACIOMessageStructure')
    .replace('urn:un:unece:uncefact:data:standard:SCRDMCCBDACIOMessageStructure:100', namespace)
  expect(read(orderX)).toMatchObject({ kind: 'other', documentType: 'order', gate: { accepted: false } })
  const order = ublXml()
    .replaceAll('xsd:Invoice-2', 'xsd:Order-2')
    .replaceAll(/(<\/?)Invoice(?=[ >])/g, '$1Order')
  expect(read(order)).toMatchObject({ kind: 'other', documentType: 'order' })
  expect(codeOf(ciiXml().replace('standard:CrossIndustryInvoice:100', 'standard:Something:100'))).toBe(
    'unknown_xml',
  )
  expect(codeOf('<html><body>Invoice</body></html>')).toBe('unknown_xml')
})

it('reads ZUGFeRD 1, whose elements have other names', () => {
  const renamed = ciiXml({ profile: 'urn:ferd:CrossIndustryDocument:invoice:1p0:comfort' })
    .replace(
      'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
      'urn:ferd:CrossIndustryDocument:invoice:1p0',
    )
    .replaceAll('rsm:CrossIndustryInvoice', 'rsm:CrossIndustryDocument')
    .replaceAll('ExchangedDocumentContext', 'SpecifiedExchangedDocumentContext')
    .replaceAll('rsm:ExchangedDocument>', 'rsm:HeaderExchangedDocument>')
    .replaceAll('rsm:SupplyChainTradeTransaction', 'rsm:SpecifiedSupplyChainTradeTransaction')
    .replaceAll(/Applicable(Header)(Trade)/g, 'ApplicableSupplyChain$2')
    .replaceAll('SpecifiedLineTrade', 'SpecifiedSupplyChainTrade')
    .replaceAll(/SpecifiedTradeSettlement(Header|Line)Monetary/g, 'SpecifiedTradeSettlementMonetary')
    .replaceAll('RateApplicablePercent', 'ApplicablePercent')
  const { invoice, reconciled } = invoiceOf(renamed)
  expect(reconciled).toBe(true)
  expect(invoice.lines).toHaveLength(2)
  expect(invoice.taxes[0]?.rate?.value).toBe('19')
})

it('cannot check lines where the profile has none', () => {
  const { reconciled, why, checks } = invoiceOf(ciiXml({ lines: [], profile: 'urn:factur-x.eu:1p0:minimum' }))
  expect(reconciled).toBe(null)
  expect(why).toContain('no lines')
  expect(checks.filter(({ passed }) => passed === false)).toEqual([])
})

it.each([
  ['net and VAT that miss the gross total', { gross: '47.48', due: '47.48' }, ['BR-CO-15']],
  ['lines that miss their sum', { lineSum: '42.00' }, ['BR-CO-10', 'BR-CO-13']],
  ['an amount due that is another', { due: '1.00' }, ['BR-CO-16']],
])('finds %s', (_, totals, failed) => {
  for (const xml of [ciiXml({ totals }), ublXml({ totals })]) {
    const { checks, reconciled } = invoiceOf(xml)
    expect(checks.filter(({ passed }) => passed === false).map(({ id }) => id)).toEqual(failed)
    expect(reconciled).toBe(false)
  }
})

it('keeps numbers as they are written, and rounds no amount in silence', () => {
  const { document, notes } = readXml(bytes(ciiXml({ number: '0010', totals: { due: '47.474' } })))
  if (document.kind !== 'invoice') throw new Error('no invoice')
  expect(document.invoice.invoiceNumber?.value).toBe('0010')
  expect(document.invoice.totals.due).toBeUndefined()
  expect(notes).toEqual([expect.stringContaining('47.474')])
})

it('reads what is written in other encodings and with other prefixes', () => {
  const { invoice } = invoiceOf(ublXml({ number: 'Ä&<1>' }))
  expect(invoice.invoiceNumber?.value).toBe('Ä&<1>')
  const latin = ublXml({ number: 'Ä-1' }).replace('UTF-8', 'ISO-8859-1')
  const utf16 = `\uFEFF${ublXml({ number: 'Ä-1' }).replace('UTF-8', 'UTF-16')}`
  const unmarked = Buffer.from(utf16.slice(1), 'utf16le')
  const [a, b] = [Buffer.from(latin, 'latin1'), Buffer.from(utf16, 'utf16le')]
  for (const text of [a, b, unmarked, Buffer.from(unmarked).swap16()]) {
    const { document } = readXml(text)
    expect(document.kind === 'invoice' && document.invoice.invoiceNumber?.value).toBe('Ä-1')
    expect(looksLikeXml(text)).toBe(true)
  }
  const prefixed = ciiXml()
    .replaceAll('ram:', 'a:')
    .replaceAll(':ram', ':a')
    .replaceAll('rsm:', 'b:')
    .replaceAll(':rsm', ':b')
  expect(invoiceOf(prefixed).reconciled).toBe(true)
  const cdata = ublXml().replace('<cbc:ID>R-1<', '<cbc:ID><![CDATA[R&amp;1]]><')
  expect(invoiceOf(cdata).invoice.invoiceNumber?.value).toBe('R&amp;1')
})

it('is not deceived by elements of a foreign vocabulary', () => {
  const slipped = ublXml()
    .replace('<cbc:ID>R-1', '<x:ID>FALSE</x:ID><cbc:ID>R-1')
    .replace('<Invoice ', '<Invoice xmlns:x="urn:example:other" ')
  expect(invoiceOf(slipped).invoice.invoiceNumber?.value).toBe('R-1')
})

it.each<[string, string | Uint8Array, string]>([
  ['a document type', ublXml().replace('?>', '?><!DOCTYPE Invoice [<!ENTITY a "b">]>'), 'damaged_xml'],
  ['an entity that nothing declares', ublXml().replace('R-1', '&secret;'), 'damaged_xml'],
  ['more tags than memory is for', `<a>${'<b/>'.repeat(600_000)}</a>`, 'too_large'],
  ['comments of which none is closed', '<!--'.repeat(400_000), 'damaged_xml'],
  ['half a character', ublXml().replace('R-1', '&#xD800;'), 'damaged_xml'],
  ['a tag that is not closed', ublXml().replace('</Invoice>', ''), 'damaged_xml'],
  ['a cut', ublXml().slice(0, 900), 'damaged_xml'],
  ['two roots', `${ublXml()}<a/>`, 'damaged_xml'],
  ['no elements', 'plain text', 'damaged_xml'],
  ['nothing', '', 'damaged_xml'],
  ['bytes that are no UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e), 'damaged_xml'],
  ['an encoding that nobody knows', '<?xml version="1.0" encoding="x-secret"?><a/>', 'damaged_xml'],
  ['a thousand levels', '<a>'.repeat(1000) + '</a>'.repeat(1000), 'damaged_xml'],
  ['more than 5 MB', `<a>${' '.repeat(5_000_000)}</a>`, 'too_large'],
  [
    'names of its language',
    ublXml().replace('<cbc:ID>', '<__proto__><constructor/></__proto__><cbc:ID>'),
    'damaged_xml',
  ],
])('refuses %s', (_, text, code) => {
  expect(codeOf(text)).toBe(code)
})

it('tells XML from a PDF', () => {
  const heads = [
    '<?xml version="1.0"?>',
    '\uFEFF<rsm:CrossIndustryInvoice',
    '  <Invoice',
    '<!-- a -->',
    '%PDF-1.7',
    'PK',
    '',
  ]
  expect(heads.map((head) => looksLikeXml(bytes(head)))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})

it('reads or refuses whatever becomes of its bytes, and fails in no other way', () => {
  const sound = bytes(ublXml())
  const change = record({ at: nat(sound.length - 1), removed: nat(40), put: uint8Array({ maxLength: 8 }) })
  assert(
    property(array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let damaged = Buffer.from(sound)
      for (const { at, removed, put } of changes) {
        damaged = Buffer.concat([damaged.subarray(0, at), put, damaged.subarray(at + removed)])
      }
      expect(['read', 'damaged_xml', 'unknown_xml']).toContain(codeOf(damaged))
    }),
    { numRuns: 300 },
  )
})

it('says a name once that the description has in it', () => {
  const made = ciiXml().replace(
    '<ram:Name>Other</ram:Name>',
    '<ram:Name>Other</ram:Name><ram:Description>[A-7] Other</ram:Description>',
  )
  const { document } = readXml(new TextEncoder().encode(made))
  const lines = document.kind === 'invoice' ? document.invoice.lines : []
  expect(lines.map(({ description }) => description?.value)).toContain('[A-7] Other')
})
