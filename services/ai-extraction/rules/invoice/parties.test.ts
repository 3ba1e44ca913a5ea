import { expect, test } from 'vitest'
import { pagesOfText } from '../../testing/pages-of-text.ts'
import { readInvoice } from './read-invoice.ts'

const partiesOf = (text: string) => {
  const { invoice, gate } = readInvoice(pagesOfText([text]))
  if (!invoice) throw new Error(JSON.stringify(gate))
  const { seller, buyer } = invoice
  return [seller.name?.value, seller.vatId?.value, buyer.name?.value, buyer.vatId?.value]
}
const table = `
Pos  Bezeichnung                  Menge   Einzelpreis   Gesamtpreis
1    Regal Eiche                  2            140,00        280,00

                                   Summe netto              280,00
                                   zzgl. 19 % MwSt.          53,20
                                   Gesamtbetrag             333,20
`

test('the seller stands at head and foot, also where only the buyer has a VAT id in its address', () => {
  const text = `Holzwerk Ahorn GmbH
Am Forst 3, 34117 Kassel
0561 555 0123

Holzwerk Ahorn GmbH · Am Forst 3 · 34117 Kassel
Kontor Vogelsang OHG
Speicherstraße 4
20457 Hamburg
USt-IdNr.: DE270692552

Rechnung
Rechnungsnummer: 2024-118
Rechnungsdatum: 04.03.2024
${table}
Holzwerk Ahorn GmbH          info@ahorn.example           Bankverbindung
34117 Kassel                 USt-IdNr.: DE136695976       DE89 3704 0044 0532 0130 00`
  expect(partiesOf(text)).toEqual([
    'Holzwerk Ahorn GmbH',
    'DE136695976',
    'Kontor Vogelsang OHG',
    'DE270692552',
  ])
})

test('a buyer may be called by an initial, or by the street of its house', () => {
  const addressed = (lines: string) => `Holzwerk Ahorn GmbH
Am Forst 3, 34117 Kassel

Rechnung an:
${lines}

Rechnung
Rechnungsnummer: 2024-118
Rechnungsdatum: 04.03.2024
${table}
Holzwerk Ahorn GmbH          info@ahorn.example           USt-IdNr.: DE136695976`
  expect(partiesOf(addressed('M. Okafor\n21 Quay View\nCork T12 R5CP'))[2]).toBe('M. Okafor')
  const owners = 'Eigentümer Lindenweg 12\nLindenweg 12\n06110 Halle'
  expect(partiesOf(addressed(owners))[2]).toBe('Eigentümer Lindenweg 12')
})
