import type { AnswerOf } from '../llm/answers.ts'

/** What a model that reads well says of `invoice()`, the invoice of the fixtures. */
export const ofInvoice = {
  invoice_header: {
    documentType: 'invoice',
    invoiceNumber: 'BW-2026-0342',
    issueDate: '27 February 2026',
    dueDate: '29 March 2026',
    currency: 'GBP',
    net: '1,310.50',
    tax: '150.50',
    gross: '£1,461.00',
  } satisfies AnswerOf['invoice-header'],
  invoice_details: {
    seller: {
      name: 'Brightwater Print Works',
      address: 'Unit 9, Weir Lane, Thornbury TB2 8LD',
      vatId: 'GB 417 7726 04',
      taxNumber: null,
      registrationId: '04417726',
      email: 'accounts@brightwater.example',
    },
    buyer: {
      name: 'St Anne’s Music Society',
      address: 'The Treasurer\n3 Cloister Row\nThornbury TB1 4HE',
      vatId: null,
      taxNumber: 'n/a',
      customerId: null,
    },
    deliveryDate: null,
    periodStart: null,
    periodEnd: null,
    purchaseOrder: 'SAM/118',
    precedingInvoice: null,
    paymentTerms: 'Please pay within 30 days of the invoice date',
    iban: 'GB06 NGSB 6016 1331 9268 19',
    bic: 'NGSBGB2L',
    paymentReference: 'BW-2026-0342',
    lineSum: null,
    allowances: null,
    charges: null,
    paid: null,
    due: '£1,461.00',
    taxes: [
      { rate: '0%', base: '558.00', amount: '0.00' },
      { rate: '20%', base: '752.50', amount: '150.50' },
    ],
  } satisfies AnswerOf['invoice-details'],
  invoice_lines: {
    rows: (
      [
        ['PRT-110', 'Concert programme, 24 pages, stapled', '450', '1.24', '0%', '558.00'],
        ['PRT-204', 'Poster A2, four colours, 170 g matt', '120', '2.35', '20%', '282.00'],
        ['PRT-219', 'Flyer A6, both sides', '2,500', '0.07', '20%', '175.00'],
        ['TKT-031', 'Tickets, numbered, perforated', '900', '0.11', '20%', '99.00'],
        ['SRV-002', 'Artwork corrections, per hour', '3.5', '48.00', '20%', '168.00'],
        ['SRV-014', 'Delivery to St Anne’s Hall, by van', '1', '28.50', '20%', '28.50'],
      ] as const
    ).map(([productCode, description, quantity, unitPrice, vatRate, amount]) => ({
      position: null,
      description,
      productCode,
      quantity,
      unit: null,
      unitPrice,
      discount: null,
      vatRate,
      amount,
    })),
  } satisfies AnswerOf['invoice-lines'],
}
