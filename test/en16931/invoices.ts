import { ciiXml, ublXml } from '@pdf-smaller/extraction/testing/xml'

type Made = Parameters<typeof ciiXml>[0]

/** 1.00 taken off what is taxed at 19 %, 2.00 added to what is taxed at 7 %. */
const adjusted = {
  adjustments: [
    [false, '1.00', '19'],
    [true, '2.00', '7'],
  ],
  taxes: [
    ['19', '29.00', '5.51'],
    ['7', '13.00', '0.91'],
  ],
  totals: { allowances: '1.00', charges: '2.00', net: '42.00', tax: '6.42', gross: '48.42', due: '48.42' },
} satisfies Made
/** Without VAT. */
const untaxed = {
  lines: [['Thing', '3', '10.00', '30.00', '0']],
  taxes: [['0', '30.00', '0.00']],
  totals: { lineSum: '30.00', net: '30.00', tax: '0.00', gross: '30.00', due: '30.00' },
} satisfies Made

/** What is changed of a sound invoice, by its name. */
const changes: Record<string, Made> = {
  sound: {},
  'gross-total-off': { totals: { gross: '47.48', due: '47.48' } },
  'net-total-off': { totals: { net: '41.10', gross: '47.57', due: '47.57' } },
  'vat-total-off': { totals: { tax: '6.48', gross: '47.48', due: '47.48' } },
  'line-sum-off': { totals: { lineSum: '42.00' } },
  'due-off': { totals: { due: '1.00' } },
  'one-cent-off': { totals: { gross: '47.46', due: '47.46' } },
  'vat-of-rate-off': {
    taxes: [
      ['19', '30.00', '7.70'],
      ['7', '11.00', '0.77'],
    ],
    totals: { tax: '8.47', gross: '49.47', due: '49.47' },
  },
  'base-off': {
    taxes: [
      ['19', '20.00', '3.80'],
      ['7', '21.00', '1.47'],
    ],
    totals: { tax: '5.27', gross: '46.27', due: '46.27' },
  },
  'line-missing': { lines: [['Thing', '3', '10.00', '30.00', '19']] },
  'line-doubled': {
    lines: [
      ['Thing', '3', '10.00', '30.00', '19'],
      ['Thing', '3', '10.00', '30.00', '19'],
      ['Other', '2', '5.50', '11.00', '7'],
    ],
  },
  negative: {
    lines: [['Back', '-3', '10.00', '-30.00', '19']],
    taxes: [['19', '-30.00', '-5.70']],
    totals: { lineSum: '-30.00', net: '-30.00', tax: '-5.70', gross: '-35.70', due: '-35.70' },
  },
  adjusted,
  'allowances-off': { ...adjusted, totals: { ...adjusted.totals, allowances: '1.50' } },
  'charges-off': { ...adjusted, totals: { ...adjusted.totals, charges: '2.50' } },
  'adjustments-forgotten': {
    ...adjusted,
    totals: { ...adjusted.totals, net: '41.00', gross: '47.42', due: '47.42' },
  },
  'base-without-adjustments': {
    ...adjusted,
    taxes: [
      ['19', '30.00', '5.70'],
      ['7', '11.00', '0.77'],
    ],
  },
  'zero-rated': { ...untaxed, category: 'Z' },
  exempt: { ...untaxed, category: 'E' },
  'reverse-charge': { ...untaxed, category: 'AE' },
  'exempt-base-off': { ...untaxed, category: 'E', taxes: [['0', '25.00', '0.00']] },
  'reverse-charge-taxed': { ...untaxed, category: 'AE', taxes: [['0', '30.00', '5.70']] },
  'half-cent': {
    lines: [
      ['Thing', '1', '0.50', '0.50', '19'],
      ['Thing', '1', '0.50', '0.50', '19'],
      ['Thing', '1', '0.50', '0.50', '19'],
    ],
    taxes: [['19', '1.50', '0.29']],
    totals: { lineSum: '1.50', net: '1.50', tax: '0.29', gross: '1.79', due: '1.79' },
  },
}

/** E-invoices in both syntaxes, each sound or with one fault. */
export function invoices(): { name: string; xml: string }[] {
  return Object.entries(changes).flatMap(([name, made]) => [
    { name: `cii-${name}`, xml: ciiXml(made) },
    { name: `ubl-${name}`, xml: ublXml(made) },
    { name: `ubl-credit-${name}`, xml: ublXml({ ...made, credit: true }) },
  ])
}
