import type { Invoice, Place } from '@pdf-smaller/contracts/extraction'
import { expect, it } from 'vitest'
import { amount, goodInvoice, text } from '../../testing/made.ts'
import { ciiXml } from '../../testing/xml.ts'
import { concludeInvoice, concludeOther } from '../checks/conclude.ts'
import type { Read } from '../checks/read.ts'
import { plainValue } from '../compare/plain.ts'
import { withEmbedded } from './embedded.ts'
import { readXml } from './read.ts'

const xml = (made: Parameters<typeof ciiXml>[0] = {}) => readXml(new TextEncoder().encode(ciiXml(made)))
const read: Read = {
  documentType: 'invoice',
  pages: [1, 2],
  gate: { accepted: true, confidence: 0.9, reasons: [{ text: 'Its title is Rechnung', speaksFor: true }] },
  choices: [],
}
const place: Place = {
  page: 1,
  bbox: { l: 1, t: 1, r: 2, b: 2 },
  origin: 'TOPLEFT',
  unit: 'pt',
  pageSize: [595, 842],
}
const page = (change: (invoice: Invoice) => unknown = () => {}) => {
  const invoice = goodInvoice()
  if (invoice.totals.gross) invoice.totals.gross.provenance = [place]
  change(invoice)
  return concludeInvoice(read, invoice)
}
const file = 'factur-x.xml'

it('takes the exact values of the XML where the pages agree, with the places of the pages', () => {
  const document = withEmbedded(
    page(({ seller }) => (seller.email = text('a@example.org'))),
    xml(),
    { file },
  )
  expect(document).toMatchObject({
    kind: 'invoice',
    pages: [1, 2],
    reconciled: true,
    documentType: 'invoice',
  })
  if (document.kind !== 'invoice') throw new Error('no invoice')
  expect(document.invoice.totals.gross).toMatchObject({ source: 'xml', provenance: [place] })
  expect(document.invoice.seller.email?.source).toBe('text')
  expect(document.embedded).toMatchObject({ file, format: 'cii', agrees: true })
  expect(document.gate.reasons).toHaveLength(2)
  expect(document.checks.find(({ id }) => id === 'XML-AGREES')).toMatchObject({
    passed: true,
    figures: { compared: '11' },
  })
})

it('keeps the page and reconciles nothing where the XML says something else', () => {
  const other = xml({
    number: 'R-9',
    totals: { lineSum: '31.00', net: '31.00', gross: '37.47', due: '37.47' },
  })
  const document = withEmbedded(page(), other, { file })
  expect(document.reconciled).toBe(false)
  if (document.kind !== 'invoice') throw new Error('no invoice')
  expect(document.invoice.invoiceNumber?.value).toBe('R-1')
  expect(document.embedded).toMatchObject({ agrees: false, invoice: { invoiceNumber: { value: 'R-9' } } })
  const check = document.checks.find(({ id }) => id === 'XML-AGREES')
  expect(check).toMatchObject({
    passed: false,
    figures: { 'invoiceNumber (page)': 'R-1', 'invoiceNumber (XML)': 'R-9' },
  })
  expect(document.embedded?.comparison?.changed).toBeGreaterThan(3)
})

it('contradicts no page that prints its value, where an engine took another one', () => {
  const misread = page(({ totals }) => (totals.gross = amount('74.47')))
  const standsOnPage = (field: Parameters<typeof plainValue>[0]) => plainValue(field) === '47.47 EUR'
  expect(withEmbedded(misread, xml(), { file, standsOnPage })).toMatchObject({
    reconciled: true,
    embedded: { agrees: true },
  })
  expect(withEmbedded(misread, xml(), { file })).toMatchObject({ reconciled: false })
})

it('is contradicted by a page that turns the sign of its amounts', () => {
  const negative = page(({ totals }) => (totals.gross = amount('-47.47')))
  const document = withEmbedded(negative, xml(), { file, standsOnPage: () => true })
  expect(document.reconciled).not.toBe(true)
  expect(document).toMatchObject({ embedded: { agrees: false } })
})

it.each<[string, (invoice: Invoice) => unknown, Parameters<typeof ciiXml>[0], string]>([
  ['another seller', ({ seller }) => (seller.name = text('Werkstatt Nord KG')), {}, 'seller'],
  ['another buyer', ({ buyer }) => (buyer.name = text('Ganz Andere SE')), {}, 'buyer'],
  ['a credit note for an invoice', () => {}, { type: '381' }, 'documentType'],
])('is contradicted by a page that names %s', (_, change, made, name) => {
  const document = withEmbedded(page(change), xml(made), { file })
  expect(document).toMatchObject({ reconciled: false, documentType: 'invoice', embedded: { agrees: false } })
  const check = document.checks.find(({ id }) => id === 'XML-AGREES')
  expect(Object.keys(check?.figures ?? {})).toEqual(['compared', `${name} (page)`, `${name} (XML)`])
})

it.each(['MUSTER', 'Müster G.m.b.H.', 'Muster GmbH & Co. KG', 'Firma Muster, Inh. A. Beispiel'])(
  'takes %s for the name of the XML, written otherwise',
  (name) => {
    const document = withEmbedded(
      page(({ seller }) => (seller.name = text(name))),
      xml(),
      { file },
    )
    expect(document).toMatchObject({ reconciled: true, embedded: { agrees: true } })
  },
)

it('takes a correction for a credit note', () => {
  const corrected = page()
  const document = withEmbedded({ ...corrected, documentType: 'corrected-invoice' }, xml({ type: '381' }), {
    file,
  })
  expect(document).toMatchObject({ reconciled: true, documentType: 'credit-note' })
})

it.each([
  ['with pages', page()],
  ['without', undefined],
])('reconciles nothing where a second XML disagrees, %s', (_, read) => {
  const second = { file: 'a.xml', xml: xml({ totals: { gross: '47.48', due: '47.48' } }) }
  const document = withEmbedded(read, xml(), { file, others: [second] })
  expect(document.reconciled).toBe(false)
  expect(document.checks.find(({ id }) => id === 'XML-FILES-AGREE')).toMatchObject({
    passed: false,
    figures: { 'gross (factur-x.xml)': '47.47 EUR', 'gross (a.xml)': '47.48 EUR' },
  })
  expect(withEmbedded(read, xml(), { file, others: [{ file, xml: xml() }] }).reconciled).toBe(true)
})

it('keeps the price of the list and the discount that a page prints where the XML has the price after it', () => {
  const listed = page(({ lines: [line] }) => {
    if (!line?.unitPrice) throw new Error('no line')
    const { amount: net } = line.unitPrice.value
    line.unitPrice = { ...line.unitPrice, value: { amount: String(Number(net) * 2), currency: 'EUR' } }
    line.discountPercent = { ...text('50') }
  })
  const document = withEmbedded(listed, xml(), { file })
  if (listed.kind !== 'invoice' || document.kind !== 'invoice') throw new Error('no invoice')
  const [line] = document.invoice.lines
  expect(line?.netAmount?.source).toBe('xml')
  expect(line?.unitPrice?.value).toEqual(listed.invoice.lines[0]?.unitPrice?.value)
  expect(line?.discountPercent?.value).toBe('50')
  expect(document.reconciled).toBe(true)
})

it('takes lines from the page where the profile has none', () => {
  const document = withEmbedded(page(), xml({ lines: [], profile: 'urn:factur-x.eu:1p0:basicwl' }), { file })
  expect(document).toMatchObject({ kind: 'invoice', reconciled: true })
  expect(document.kind === 'invoice' && document.invoice.lines[0]?.netAmount?.source).toBe('text')
})

it('takes the XML where nothing was read from the pages, or the pages were taken for something else', () => {
  for (const other of [undefined, concludeOther({ ...read, documentType: 'letter' })]) {
    const document = withEmbedded(other, xml(), { file })
    expect(document).toMatchObject({ kind: 'invoice', reconciled: true, embedded: { agrees: null } })
    expect(document.pages).toEqual(other ? [1, 2] : [])
  }
})

it('takes what the XML says is an order for one, and keeps no field', () => {
  const order = {
    format: { is: 'other', documentType: 'order' } as const,
    document: concludeOther({ ...read, documentType: 'order' }),
    notes: [],
  }
  const document = withEmbedded(page(), order, { file })
  expect(document).toMatchObject({ kind: 'other', documentType: 'order', pages: [1, 2] })
  expect('invoice' in document).toBe(false)
})
