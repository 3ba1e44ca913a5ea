import type { AnswerOf } from '../../services/ai-extraction/llm/answers.ts'

type Header = AnswerOf['invoice-header']
/** A made invoice: the lines of its page, and what its header says as it is printed there. */
export type MadeInvoice = { name: string; lines: string[]; truth: Partial<Header> }

/** Short and plain, as the smallest of models need them. */
export const madeInvoices: MadeInvoice[] = [
  {
    name: 'tools',
    lines: [
      'INVOICE',
      'Northwind Tools Ltd, 4 Dock Road, Leeds',
      'Invoice number: A-1001',
      'Invoice date: 14 March 2025',
      'Due date: 13 April 2025',
      'Hammer, 2 pieces at 50.00',
      'Net: 100.00 EUR',
      'Tax: 19.00 EUR',
      'Gross: 119.00 EUR',
    ],
    truth: {
      invoiceNumber: 'A-1001',
      issueDate: '14 March 2025',
      dueDate: '13 April 2025',
      currency: 'EUR',
      net: '100.00',
      tax: '19.00',
      gross: '119.00',
    },
  },
  {
    name: 'bakery',
    lines: [
      'INVOICE',
      'Cobb Street Bakery, 9 Cobb Street, York',
      'Invoice number: 20250077',
      'Invoice date: 3 June 2025',
      'Due date: 17 June 2025',
      'Bread, 40 loaves at 3.50',
      'Net: 140.00 GBP',
      'Tax: 28.00 GBP',
      'Gross: 168.00 GBP',
    ],
    truth: {
      invoiceNumber: '20250077',
      issueDate: '3 June 2025',
      dueDate: '17 June 2025',
      currency: 'GBP',
      net: '140.00',
      tax: '28.00',
      gross: '168.00',
    },
  },
  {
    name: 'design',
    lines: [
      'INVOICE',
      'Harbour Design LLC, 77 Pier Avenue, Portland',
      'Invoice number: HD-52',
      'Invoice date: 21 January 2025',
      'Due date: 20 February 2025',
      'Logo, 10 hours at 80.00',
      'Net: 800.00 USD',
      'Tax: 64.00 USD',
      'Gross: 864.00 USD',
    ],
    truth: {
      invoiceNumber: 'HD-52',
      issueDate: '21 January 2025',
      dueDate: '20 February 2025',
      currency: 'USD',
      net: '800.00',
      tax: '64.00',
      gross: '864.00',
    },
  },
]
