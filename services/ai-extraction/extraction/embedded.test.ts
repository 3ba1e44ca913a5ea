import { concludeInvoice } from '@pdf-smaller/extraction'
import { goodInvoice } from '@pdf-smaller/extraction/testing/made'
import { ciiXml } from '@pdf-smaller/extraction/testing/xml'
import { expect, it } from 'vitest'
import { unlessLeftOut, withXml, xmlAmong } from './embedded.ts'

const attached = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })
const page = (number: string) => {
  const invoice = goodInvoice()
  if (invoice.invoiceNumber) invoice.invoiceNumber.value = number
  const gate = { accepted: true, confidence: 0.9, reasons: [] }
  return concludeInvoice({ documentType: 'invoice', pages: [1], gate, choices: [] }, invoice)
}

it('leaves open whether a document is right where XML cannot be held against it', () => {
  const { found, leftOut } = xmlAmong([
    attached('other.xml', '<html/>'),
    attached('factur-x.xml', ciiXml().slice(0, -9)),
  ])
  expect(found).toEqual([])
  expect(leftOut).toMatchObject([{ name: 'factur-x.xml' }])
  const document = unlessLeftOut(page('R-1'), leftOut)
  expect(document.reconciled).toBeNull()
  expect(document.why).toContain('factur-x.xml could not be compared')
  expect(unlessLeftOut(page('R-1'), []).reconciled).toBe(true)
})

it('holds XML against the document with its number, and all of it', () => {
  const { found } = xmlAmong([
    attached('a.xml', ciiXml({ number: 'R-2' })),
    attached('b.xml', ciiXml({ totals: { gross: '47.48', due: '47.48' } })),
    attached('c.xml', ciiXml()),
  ])
  const documents = withXml([page('R-1'), page('R-2')], found, [])
  expect(documents.map(({ reconciled }) => reconciled)).toEqual([false, true])
  expect(documents).toMatchObject([{ embedded: { file: 'b.xml' } }, { embedded: { file: 'a.xml' } }])
})
