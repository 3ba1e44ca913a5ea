import type { Invoice } from '@pdf-smaller/contracts/extraction'
import { expect, it } from 'vitest'
import { amount, day, goodInvoice, line, number, price, text } from '../../testing/made.ts'
import { concludeInvoice } from './conclude.ts'
import type { Read } from './read.ts'

const read: Read = {
  documentType: 'invoice',
  pages: [1],
  gate: { accepted: true, confidence: 0.9, reasons: [] },
  choices: [],
}
const judge = (change: (invoice: Invoice) => void, as = read) => {
  const invoice = goodInvoice()
  change(invoice)
  return concludeInvoice(as, invoice)
}
const failed = ({ checks }: { checks: { id: string; passed: boolean | null }[] }) =>
  checks.filter(({ passed }) => passed === false).map(({ id }) => id)

it('reconciles an invoice whose lines lead to its totals', () => {
  const document = judge(() => {})
  expect(failed(document)).toEqual([])
  expect(document.reconciled).toBe(true)
  expect(document.invoice.totals.gross).toMatchObject({ grade: 'certain', checks: ['BR-CO-15', 'BR-CO-16'] })
  expect(document.invoice.payment[0]?.iban?.checks).toEqual(['IBAN'])
  expect(document.invoice.invoiceNumber?.checks).toEqual([])
})

it.each<[string, (invoice: Invoice) => void, string[]]>([
  ['a wrong gross total', ({ totals }) => (totals.gross = amount('47.48')), ['BR-CO-15', 'BR-CO-16']],
  [
    'a wrong net total',
    ({ totals }) => (totals.net = amount('41.10')),
    ['BR-CO-13', 'BR-CO-15', 'VAT-BASES'],
  ],
  ['a wrong VAT total', ({ totals }) => (totals.tax = amount('6.48')), ['BR-CO-14', 'BR-CO-15']],
  ['a line that is missing', ({ lines }) => lines.pop(), ['BR-CO-13', 'BR-S-08']],
  [
    'a line that is there twice',
    ({ lines }) => lines.push(line('3', '10.00', '30.00', '19')),
    ['BR-CO-13', 'BR-S-08'],
  ],
  ['a wrong rate', ({ taxes }) => taxes[0] && (taxes[0].rate = number('16')), ['BR-CO-17', 'BR-S-08']],
  [
    'a quantity that does not fit',
    ({ lines }) => lines[0] && (lines[0].quantity = number('4')),
    ['LINE-AMOUNT'],
  ],
  ['a stated sum of lines', ({ totals }) => (totals.lineSum = amount('42.00')), ['BR-CO-10', 'BR-CO-13']],
  ['an allowance that nothing takes off', ({ totals }) => (totals.allowances = amount('1.00')), ['BR-CO-13']],
  ['a payment that nothing takes off', ({ totals }) => (totals.paid = amount('7.00')), ['BR-CO-16']],
])('does not reconcile %s', (_, change, ids) => {
  const document = judge(change)
  expect(failed(document)).toEqual(ids)
  expect(document.reconciled).toBe(false)
})

it('names wrong lines, and states the figures', () => {
  const { checks } = judge(({ lines }) => lines[1] && (lines[1].netAmount = amount('11.50')))
  expect(checks.find(({ id }) => id === 'LINE-AMOUNT')).toMatchObject({
    passed: false,
    at: ['invoice.lines[1]'],
    figures: { expected: '11.00', found: '11.50' },
  })
  expect(checks.find(({ id }) => id === 'BR-CO-13')).toMatchObject({
    figures: { lines: '41.50', expected: '41.50', found: '41.00', difference: '-0.50' },
  })
})

it.each<[string, (invoice: Invoice) => void]>([
  ['no lines', (invoice) => (invoice.lines = [])],
  ['a line without an amount', ({ lines }) => lines[0] && delete lines[0].netAmount],
  ['no totals', (invoice) => (invoice.totals = {})],
  [
    'no VAT total where net and gross differ',
    (invoice) => {
      delete invoice.totals.tax
      invoice.taxes = []
    },
  ],
  [
    'totals that were worked out of the others',
    (invoice) => {
      for (const total of Object.values(invoice.totals)) if (total) total.source = 'derived'
    },
  ],
  [
    'a value that does not stand in the document',
    ({ seller }) => seller.name && (seller.name.grounded = false),
  ],
  ['amounts in two currencies', ({ totals }) => (totals.due = amount('50.00', 'USD'))],
  [
    'a sum of lines that is only printed',
    (invoice) => {
      invoice.totals.lineSum = amount('41.00')
      for (const each of invoice.lines) delete each.netAmount
    },
  ],
])('cannot say it of %s', (_, change) => {
  const document = judge(change)
  expect(document.reconciled).toBe(null)
  expect(document.why).not.toBe('')
})

it('takes lines with VAT as the gross total, where prices include it', () => {
  const withTax = {
    ...read,
    choices: [{ name: 'amounts-include-tax', chosen: 'yes', because: '', alternatives: [] }],
  } satisfies Read
  const change = (invoice: Invoice) => {
    const quantity = number('2')
    invoice.lines = [{ quantity, unitPrice: price('59.50'), grossAmount: amount('119.00') }]
    invoice.taxes = [{ rate: number('19'), amount: amount('19.00') }]
    invoice.totals = { net: amount('100.00'), tax: amount('19.00'), gross: amount('119.00') }
  }
  expect(judge(change, withTax)).toMatchObject({ reconciled: true })
  const cheaper = judge((invoice) => {
    change(invoice)
    invoice.totals = { net: amount('90.00'), tax: amount('17.10'), gross: amount('107.10') }
    invoice.taxes = [{ rate: number('19'), amount: amount('17.10') }]
  }, withTax)
  expect(failed(cheaper)).toEqual(['LINES-GROSS'])
})

it('takes quantities without a minus for those of a credit note, where all its lines print them so', () => {
  const credit = (second: string) => (invoice: Invoice) => {
    invoice.lines = [line('3', '10.00', '-30.00'), line('2', '5.50', second)]
    invoice.taxes = []
    invoice.totals = { gross: amount(second === '-11.00' ? '-41.00' : '-19.00') }
  }
  expect(judge(credit('-11.00')).reconciled).toBe(true)
  expect(failed(judge(credit('11.00')))).toEqual(['LINE-AMOUNT'])
})

it('doubts a cent where the net total is only what VAT leaves', () => {
  const change = (gross: string) => (invoice: Invoice) => {
    delete invoice.totals.net
    invoice.totals.gross = amount(gross)
    invoice.totals.due = amount(gross)
  }
  expect(judge(change('47.47')).reconciled).toBe(true)
  expect(judge(change('47.48')).reconciled).toBeNull()
  expect(failed(judge(change('47.50')))).toEqual(['BR-CO-13', 'VAT-BASES'])
})

it.each([
  ['440.31', true],
  ['440.32', null],
  ['440.40', false],
])('takes a gross total for right that was rounded after VAT was added: %s', (gross, reconciled) => {
  const document = judge((invoice) => {
    invoice.lines = [line('1', '370.00', '370.00', '19')]
    invoice.taxes = [{ rate: number('19'), amount: amount('70.30') }]
    invoice.totals = { tax: amount('70.30'), gross: amount(gross) }
  })
  expect(document.reconciled).toBe(reconciled)
})

it('lets an invoice without any VAT state one total', () => {
  const document = judge((invoice) => {
    invoice.taxes = []
    invoice.totals = { gross: amount('41.00') }
  })
  expect(document.reconciled).toBe(true)
})

it('takes VAT for right only as rounding can make it, doubts some cents, and no further', () => {
  const change = (tax: string, gross: string) => (invoice: Invoice) => {
    invoice.taxes = [{ rate: number('19'), amount: amount(tax) }]
    invoice.totals = { net: amount('41.00'), tax: amount(tax), gross: amount(gross) }
    for (const each of invoice.lines) each.vatRate = number('19')
  }
  expect(judge(change('7.79', '48.79')).reconciled).toBe(true)
  const doubted = judge(change('7.80', '48.80'))
  expect([doubted.reconciled, doubted.why]).toEqual([null, expect.stringContaining('BR-CO-17, 7.80')])
  expect(judge(change('7.82', '48.82')).reconciled).toBe(false)
})

it.each([
  ['line by line', ['0.13', '0.13'], '19', '0.04', '0.06'],
  ['half up', ['0.50'], '21', '0.11', '0.12'],
  ['half to even', ['0.50'], '21', '0.10', '0.09'],
])('takes VAT for right that is rounded %s', (_, nets, rate, tax, wrong) => {
  const change = (tax: string) => (invoice: Invoice) => {
    const cents = nets.reduce((sum, net) => sum + Number(net.slice(2)), 0)
    const total = (cents: number) => (cents / 100).toFixed(2)
    invoice.lines = nets.map((net) => line('1', net, net, rate))
    invoice.taxes = [{ rate: number(rate), amount: amount(tax) }]
    const gross = total(cents + Number(tax.slice(2)))
    invoice.totals = { net: amount(total(cents)), tax: amount(tax), gross: amount(gross) }
  }
  expect(judge(change(tax)).reconciled).toBe(true)
  expect(judge(change(wrong)).reconciled).not.toBe(true)
})

it('calls nothing reconciled without a total to pay', () => {
  const document = judge(({ totals }) => {
    delete totals.gross
    delete totals.tax
    delete totals.due
  })
  expect(document).toMatchObject({ reconciled: null, why: expect.stringContaining('no total') })
})

it.each([
  ['a pro-forma invoice', { ...read, documentType: 'pro-forma-invoice' as const }],
  [
    'a reading that nothing decides for',
    {
      ...read,
      choices: [
        {
          name: 'decimal-mark' as const,
          chosen: ',',
          because: 'no amount says',
          alternatives: ['.'],
          undecided: true as const,
        },
      ],
    },
  ],
])('calls %s not reconciled, whatever adds up', (_, as) => {
  expect(judge(() => {}, as).reconciled).toBeNull()
})

it('warns of dates and identifiers, which say nothing of sums', () => {
  const document = judge((invoice) => {
    invoice.dueDate = day('2025-01-30')
    invoice.seller.vatId = text('DE136695977')
    invoice.payment = [{ iban: text('DE89370400440532013001') }]
  })
  expect(failed(document)).toEqual(['DUE-DATE', 'VAT-ID', 'IBAN'])
  expect(document.reconciled).toBe(true)
  expect(document.invoice.payment[0]?.iban?.grade).toBe('low')
})
