import { lines } from '@pdf-smaller/testing/pdf/canvas'
import { createDocument } from '@pdf-smaller/testing/pdf/document'

/** What the header of a made invoice says: days and amounts by their values. */
export type Truth = {
  invoiceNumber: string
  issueDate: string
  dueDate: string
  currency: string
  net: string
  tax: string
  gross: string
}
export type MadeInvoice = { pdf: Buffer; truth: Truth }

/** Short and plain, as the smallest of models need them. */
function made(
  seller: string,
  item: string,
  printed: { issued: string; due: string },
  truth: Truth,
): MadeInvoice {
  const document = createDocument({ title: 'Invoice', author: seller })
  const { invoiceNumber, net, tax, gross, currency } = truth
  const text = [
    'INVOICE',
    seller,
    `Invoice number: ${invoiceNumber}`,
    `Invoice date: ${printed.issued}`,
    `Due date: ${printed.due}`,
    item,
    `Net: ${net} ${currency}`,
    `Tax: ${tax} ${currency}`,
    `Gross: ${gross} ${currency}`,
  ]
  lines(document.page(), { x: 72, y: 90 }, text, { font: 'Helvetica', size: 12, leading: 20 })
  return { pdf: document.save(), truth }
}

export const madeInvoices: MadeInvoice[] = [
  made(
    'Northwind Tools Ltd, 4 Dock Road, Leeds',
    'Hammer, 2 pieces at 50.00',
    { issued: '14 March 2025', due: '13 April 2025' },
    {
      invoiceNumber: 'A-1001',
      issueDate: '2025-03-14',
      dueDate: '2025-04-13',
      currency: 'EUR',
      net: '100.00',
      tax: '19.00',
      gross: '119.00',
    },
  ),
  made(
    'Cobb Street Bakery, 9 Cobb Street, York',
    'Bread, 40 loaves at 3.50',
    { issued: '3 June 2025', due: '17 June 2025' },
    {
      invoiceNumber: '20250077',
      issueDate: '2025-06-03',
      dueDate: '2025-06-17',
      currency: 'GBP',
      net: '140.00',
      tax: '28.00',
      gross: '168.00',
    },
  ),
  made(
    'Harbour Design LLC, 77 Pier Avenue, Portland',
    'Logo, 10 hours at 80.00',
    { issued: '21 January 2025', due: '20 February 2025' },
    {
      invoiceNumber: 'HD-52',
      issueDate: '2025-01-21',
      dueDate: '2025-02-20',
      currency: 'USD',
      net: '800.00',
      tax: '64.00',
      gross: '864.00',
    },
  ),
]
